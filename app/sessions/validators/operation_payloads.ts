import vine from '@vinejs/vine'
import type { OperationType } from '#lib/room/operations'

const id = () => vine.string().uuid()
const text = (longest: number) => vine.string().trim().maxLength(longest)
const words = (longest: number) => vine.string().trim().minLength(1).maxLength(longest)
const page = () => vine.number().withoutDecimals().range([1, 5000])
const kind = () => vine.enum(['must_fix', 'advice', 'severe_defect'] as const)
const milder = () => vine.enum(['must_fix', 'advice'] as const)
const conclusion = () => vine.enum(['PASS', 'REVISE', 'FAIL'] as const)
const fraction = () => vine.number().range([0, 1])
const ids = () => vine.array(id()).minLength(1).maxLength(200)

const fields = vine.object({
  page: page().nullable(),
  region: vine.object({ x: fraction(), y: fraction(), w: fraction(), h: fraction() }).nullable(),
  place: text(200),
  finding: text(2000),
  basis: text(500),
  requirement: text(2000),
  kind: kind(),
  defect: text(20).nullable(),
  chapter: text(40).nullable(),
})

const none = vine.create({})
const defectAnswer = { opinionId: id(), to: milder(), page: page(), reason: words(1000) }

/** The shape of each operation's payload. What it means is decided elsewhere. */
export const OPERATION_PAYLOADS: {
  readonly [T in OperationType]: { validate(data: unknown): Promise<any> }
} = {
  'opinion.save': vine.create({ opinionId: id(), fields }),
  'opinion.discard': vine.create({ opinionId: id() }),
  'opinion.submit': vine.create({
    opinionIds: vine.array(id()).maxLength(200),
    nothingBecause: text(1000).optional(),
  }),
  'defect.withdraw': vine.create(defectAnswer),
  'defect.propose': vine.create(defectAnswer),
  'defect.agree': vine.create({ opinionId: id() }),
  'item.create': vine.create({
    itemId: id(),
    opinionIds: ids(),
    heading: text(100).optional(),
    kind: kind().optional(),
  }),
  'item.merge': vine.create({ itemId: id(), opinionIds: ids() }),
  'item.release': vine.create({ itemId: id(), opinionIds: ids() }),
  'item.move': vine.create({ itemId: id(), position: vine.number().withoutDecimals().range([1, 1000]) }),
  'item.set': vine.create({
    itemId: id(),
    set: vine.object({
      heading: text(100).optional(),
      kind: kind().optional(),
      page: page().nullable().optional(),
      place: text(200).optional(),
      basis: text(1000).optional(),
      chapter: text(40).nullable().optional(),
    }),
  }),
  'item.text': vine.create({
    itemId: id(),
    update: vine
      .string()
      .regex(/^[A-Za-z0-9+/]+={0,2}$/)
      .maxLength(40_000),
  }),
  'opinion.leave_out': vine.create({ opinionId: id(), reason: words(1000) }),
  'opinion.take_back': vine.create({ opinionId: id() }),
  'opinion.answer': vine.create({
    opinionId: id(),
    agree: vine.boolean({ strict: true }),
    reason: text(1000).optional(),
  }),
  'item.confirm': vine.create({ itemId: id(), revision: vine.number().withoutDecimals().min(1) }),
  'item.object': vine.create({
    itemId: id(),
    revision: vine.number().withoutDecimals().min(1),
    reason: words(1000),
  }),
  'judgement.set': vine.create({
    question: vine.enum(['complete', 'calculations', 'site'] as const),
    text: text(2000),
  }),
  'conclusion.propose': vine.create({ conclusion: conclusion(), reasons: text(2000) }),
  'conclusion.vote': vine.create({ conclusion: conclusion(), reason: text(1000).optional() }),
  'meeting.open': none,
  'stage.set': vine.create({
    stage: vine.enum(['introduction', 'presentation', 'questions', 'answers'] as const),
  }),
  'meeting.pause': vine.create({ reason: words(500) }),
  'meeting.resume': none,
  'meeting.deliberate': none,
  'meeting.read_out': none,
  'meeting.conclude': none,
  'meeting.adjourn': vine.create({ reason: words(500) }),
  'scribe.admit': vine.create({ userId: id() }),
  'scribe.dismiss': vine.create({ userId: id() }),
  'alternate.step_in': vine.create({ seatId: id(), forSeatId: id(), reason: words(500) }),
  'leader.elect': vine.create({ seatId: id() }),
  'page.turn': vine.create({ versionId: id(), page: page() }),
  'presenter.set': vine.create({ userId: id() }),
  'hand.raise': none,
  'hand.lower': vine.create({ userId: id().optional() }),
  'chat.say': vine.create({ text: words(2000) }),
  'attendee.check': vine.create({
    code: words(60),
    name: words(60),
    delegate: vine.boolean({ strict: true }),
  }),
  'attendee.waive': vine.create({ code: words(60), reason: words(500) }),
}

export function isOperationType(type: unknown): type is OperationType {
  return typeof type === 'string' && Object.hasOwn(OPERATION_PAYLOADS, type)
}
