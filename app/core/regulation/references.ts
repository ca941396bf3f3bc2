/** What the shape alone can't say: codes are unique, and whatever a part names exists. */
import type { Clause } from './clause.ts'
import type { Condition } from './condition.ts'
import { ShapeError } from './shape.ts'
import type { Category, RegulationFile } from './types.ts'

/** Throws a `ShapeError` at the first code that is double, unknown or of the wrong kind. */
export function checkReferences(file: RegulationFile): void {
  const known = {
    sources: unique(file.sources, '$.sources'),
    specialties: unique(file.specialties, '$.specialties'),
    methods: unique(file.methods, '$.methods'),
    grades: unique(file.grades, '$.grades'),
    parties: unique(file.parties, '$.parties'),
    cities: unique(file.cities, '$.cities'),
    categories: unique(file.categories, '$.categories'),
    groups: new Set(file.severe_defects.map((group) => group.group)),
    kinds: new Map(file.parameters.map((parameter) => [parameter.name, parameter.kind])),
  }
  unique(file.chapters, '$.chapters')
  unique(file.titles, '$.titles')
  unique(file.attendees, '$.attendees')
  unique(file.review_kinds, '$.review_kinds')
  const items = file.severe_defects.flatMap((group) => group.items)
  unique(items, '$.severe_defects')
  if (known.kinds.size !== file.parameters.length) throw new ShapeError('duplicate', '$.parameters')

  const source = (clause: Clause, path: string) => within([clause.source], known.sources, `${path}.source`)
  for (const [key, value] of Object.entries(file.values)) source(value.clause, `$.values.${key}.clause`)
  for (const key of ['chapters_clause', 'drawings_clause', 'defects_clause'] as const) {
    source(file[key], `$.${key}`)
  }
  file.methods.forEach((method, i) => within(method.specialties, known.specialties, `$.methods[${i}]`))
  file.attendees.forEach((one, i) => within([one.party], known.parties, `$.attendees[${i}].party`))
  file.parameters.forEach((one, i) => {
    if (one.kind === 'number' && one.minimum >= one.maximum) {
      throw new ShapeError('out_of_range', `$.parameters[${i}].maximum`, 'above minimum')
    }
  })

  const conditions = (list: readonly Condition[], path: string) =>
    list.forEach((one, i) => {
      const kind = known.kinds.get(one.parameter)
      const wanted = 'is' in one ? 'boolean' : 'number'
      if (kind !== wanted) throw new ShapeError('unknown_reference', `${path}[${i}].parameter`, wanted)
    })
  file.grade_table.forEach((row, i) => {
    within(row.grades, known.grades, `$.grade_table[${i}].grades`)
    source(row.clause, `$.grade_table[${i}].clause`)
    row.any?.forEach((one, j) => {
      within([one.category], known.categories, `$.grade_table[${i}].any[${j}].category`)
      conditions(one.when, `$.grade_table[${i}].any[${j}].when`)
    })
  })
  if (
    file.grade_table.filter((row) => row.any === null).length !== 1 ||
    file.grade_table.at(-1)?.any !== null
  ) {
    throw new ShapeError('not_allowed', '$.grade_table', 'one row for the rest, and it is the last')
  }
  checkWidening(file, known)
  checkQuotas(file)
  file.categories.forEach((category, i) => {
    const path = `$.categories[${i}]`
    checkCategory(category, path, known)
    unique(category.drawings, `${path}.drawings`)
    for (const part of ['hazardous', 'review_required', 'reminders'] as const) {
      category[part].forEach((one, j) => {
        conditions(one.when, `${path}.${part}[${j}].when`)
        source(one.clause, `${path}.${part}[${j}].clause`)
      })
    }
    category.tag_rules.forEach((one, j) => conditions(one.when, `${path}.tag_rules[${j}].when`))
  })
}

type Known = Record<'specialties' | 'methods' | 'groups' | 'cities' | 'sources', ReadonlySet<string>>

function checkCategory(category: Category, path: string, known: Known): void {
  within(category.main_specialties, known.specialties, `${path}.main_specialties`)
  within(category.companion_specialties, known.specialties, `${path}.companion_specialties`)
  within(category.methods, known.methods, `${path}.methods`)
  within(category.defect_groups, known.groups, `${path}.defect_groups`)
  category.tag_rules.forEach((rule, j) => {
    within(rule.companion_specialties, known.specialties, `${path}.tag_rules[${j}].companion_specialties`)
    within(rule.methods, known.methods, `${path}.tag_rules[${j}].methods`)
  })
}

function checkWidening({ draw_widening: steps }: RegulationFile, known: Known): void {
  unique(steps, '$.draw_widening')
  steps.forEach(({ specialties, cities, clause }, i) => {
    const path = `$.draw_widening[${i}]`
    specialties.forEach(({ of, near }, j) => {
      within([of, ...near], known.specialties, `${path}.specialties[${j}]`)
    })
    within(cities, known.cities, `${path}.cities`)
    within([clause.source], known.sources, `${path}.clause.source`)
  })
}

/** Of every category ten must be possible within the quotas, however large the library. */
function checkQuotas({ values, categories }: RegulationFile): void {
  const [least, most, each] = [
    values['draw.minimum_main_specialty'].value,
    values['draw.maximum_main_specialty'].value,
    values['draw.maximum_companion_specialty'].value,
  ]
  const path = '$.values.draw.maximum_main_specialty.value'
  if (least > most) throw new ShapeError('out_of_range', path, 'no less than the minimum')
  const short = categories.find(({ main_specialties: main, companion_specialties: companions }) => {
    return (
      most + each * companions.filter((one) => one !== main.join('+')).length < values['draw.pushed'].value
    )
  })
  if (short) throw new ShapeError('out_of_range', path, `enough for the ten of ${short.code}`)
}

function unique(list: readonly { code: string }[], path: string): ReadonlySet<string> {
  const codes = new Set<string>()
  list.forEach(({ code }, i) => {
    if (codes.has(code)) throw new ShapeError('duplicate', `${path}[${i}].code`)
    codes.add(code)
  })
  return codes
}

function within(codes: readonly string[], known: ReadonlySet<string>, path: string): void {
  const stray = codes.find((code) => !known.has(code))
  if (stray !== undefined) throw new ShapeError('unknown_reference', path, stray)
}
