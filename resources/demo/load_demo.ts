/** The people, firms, plans and opinions of the demonstration: invented, checked, the same on every machine. */
import { readFile } from 'node:fs/promises'
import {
  boolean,
  integer,
  list,
  matching,
  nullable,
  object,
  oneOf,
  type Read,
  type Reader,
  readShape,
  type ShapeFault,
  ShapeError,
  text,
} from '#core/regulation/shape'
import type { Result } from '#lib/result'

/** Numbers of a block that no operator gives out, so that nobody can be rung up by the demonstration. */
const mobile = matching(/^1990000\d{4}$/)
const day = matching(/^\d{4}-\d{2}-\d{2}$/)
const key = matching(/^[a-z0-9-]+$/)
/** Days from the day on which the demonstration is set up; before it they are negative. */
const offset = integer(-20_000, 20_000)

const daysFromSetUp: Reader<{ from: number; until: number }> = (value, path) => {
  const [from, until, ...more] = list(offset, 2)(value, path)
  if (from === undefined || until === undefined || more.length > 0 || from > until) {
    throw new ShapeError('out_of_range', path, 'two days in order')
  }
  return { from, until }
}

const parameters: Reader<Record<string, number | boolean>> = (value, path) => {
  if (typeof value !== 'object' || value === null) throw new ShapeError('wrong_type', path, 'object')
  for (const [name, one] of Object.entries(value)) {
    if (typeof one !== 'number' && typeof one !== 'boolean')
      throw new ShapeError('wrong_type', `${path}.${name}`)
  }
  return value as Record<string, number | boolean>
}

const verdict = oneOf('not_hazardous', 'hazardous', 'review_required')

const organisation = object({
  kind: oneOf(
    'contractor',
    'agency',
    'owner',
    'designer',
    'surveyor',
    'supervisor',
    'monitor',
    'employer',
    'centre',
    'authority'
  ),
  name: text,
  group: nullable(text),
})

const person = object({
  name: text,
  mobile,
  kind: oneOf(
    'organiser',
    'technical_head',
    'supervising_engineer',
    'owner',
    'designer',
    'surveyor',
    'agency',
    'centre',
    'authority',
    'system_admin',
    'security_admin',
    'auditor'
  ),
  organisation: text,
  title: text,
  /** Roles of the regulation's attendance list. */
  attends_as: list(text),
})

const expert = object({
  key: matching(/^E\d{3}$/),
  roster_no: matching(/^NN\d{4}$/),
  name: text,
  mobile,
  birth_year: integer(1940, 2000),
  status: oneOf('applied', 'in_review', 'in_publicity', 'listed', 'suspended', 'expired', 'removed'),
  grade: oneOf('A', 'B'),
  title: text,
  position: text,
  certificate_no: matching(/^DEMO-\d{5}$/),
  /** The main one first. */
  specialties: list(text, 1),
  methods: list(text),
  term_days: daysFromSetUp,
  leave_days: nullable(daysFromSetUp),
  reviews_this_month: integer(0, 31),
  employments: list(
    object({ employer: text, from: day, until_days: nullable(offset), retired_from: boolean }),
    1
  ),
  earlier_review: nullable(object({ plan: key, organiser: text, agency: nullable(text) })),
  /** Which rule this person is there to show; null for the many who are simply eligible somewhere. */
  why: nullable(text),
})

const party = nullable(text)
const plan = object({
  key,
  name: text,
  project: text,
  place: text,
  permit_code: text,
  part: text,
  works: list(object({ category: text, parameters, must_come_out_as: verdict, grounds: integer(0, 9) }), 1),
  must_come_out_as: verdict,
  summary: text,
  features: list(text),
  parties: object({
    owner: party,
    survey: party,
    design: party,
    general_contractor: party,
    subcontractor: party,
    supervision: party,
    monitoring: party,
    agency: party,
  }),
})

const opinion = object(
  {
    /** The author's letter on the panel, A being the leader. */
    author: matching(/^[A-E]$/),
    kind: oneOf('must_fix', 'advice', 'severe_defect'),
    page: integer(1, 9999),
    place: text,
    basis: text,
    requirement: text,
    defect_item: nullable(text),
    /** How a severe defect is answered in the meeting; null while it stands. */
    answered_by: nullable(
      object({ page: integer(1, 9999), reason: text, becomes: oneOf('must_fix', 'advice') })
    ),
  },
  /** What is wrong, where the requirement does not say it itself. */
  { finding: text }
)
const meeting = object({ plan: key, conclusion: oneOf('PASS', 'REVISE', 'FAIL'), opinions: list(opinion, 1) })

export type DemoOrganisation = Read<typeof organisation>
export type DemoPerson = Read<typeof person>
export type DemoExpert = Read<typeof expert>
export type DemoPlan = Read<typeof plan>
export type DemoMeeting = Read<typeof meeting>
export type Demo = {
  organisations: DemoOrganisation[]
  people: DemoPerson[]
  experts: DemoExpert[]
  plans: DemoPlan[]
  meetings: DemoMeeting[]
}

/** Reads and checks the files; the error names file and place. */
export async function loadDemo(): Promise<Result<Demo, ShapeFault>> {
  const files = {
    organisations: 'organisations',
    people: 'people',
    experts: 'experts',
    plans: 'plans',
    meetings: 'opinions',
    advice: 'opinions_advice',
  }
  const entries = Object.entries(files).map(async ([name, file]) => {
    const content = await readFile(new URL(`./${file}.json`, import.meta.url), 'utf8')
    return [name, JSON.parse(content) as unknown] as const
  })
  const demo = object({
    organisations: list(organisation),
    people: list(person),
    experts: list(expert),
    plans: list(plan),
    meetings: list(meeting),
    /** Of a meeting that passes: kept apart from those with something to mend. */
    advice: list(meeting),
  })
  return readShape(
    (value, path) => {
      const { advice, ...read } = demo(value, path)
      return withKnownFirms({ ...read, meetings: [...read.meetings, ...advice] })
    },
    Object.fromEntries(await Promise.all(entries))
  )
}

function withKnownFirms(demo: Demo): Demo {
  const firms = new Set(demo.organisations.map((one) => one.name))
  const named = [
    ...demo.people.map((one) => one.organisation),
    ...demo.experts.flatMap((one) => one.employments.map((employment) => employment.employer)),
    ...demo.plans.flatMap((one) => Object.values(one.parties).filter((firm) => firm !== null)),
  ]
  const stray = named.find((firm) => !firms.has(firm))
  if (stray !== undefined) throw new ShapeError('unknown_reference', '$.organisations', stray)
  const mobiles = [...demo.people, ...demo.experts].map((one) => one.mobile)
  const double = mobiles.find((one, i) => mobiles.indexOf(one) !== i)
  if (double !== undefined) throw new ShapeError('duplicate', '$.mobile', double)
  return demo
}
