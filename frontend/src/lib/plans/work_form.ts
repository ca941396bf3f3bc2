import type { CategoryWords, ParameterWords, Vocabulary, Work } from './types.ts'

/** A work while it is typed: numbers are text, yes and no are 'yes' and 'no', nothing given is ''. */
export interface WorkForm {
  category: string
  values: Record<string, string>
  neighbour: string
  distance: string
}

export function emptyWork(): WorkForm {
  return { category: '', values: {}, neighbour: '', distance: '' }
}

export function formOf(work: Work): WorkForm {
  const text = (value: number | boolean) =>
    typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
  return {
    category: work.category,
    values: Object.fromEntries(Object.entries(work.parameters).map(([name, value]) => [name, text(value)])),
    neighbour: work.context.neighbour ?? '',
    distance: work.context.distance_m === undefined ? '' : String(work.context.distance_m),
  }
}

/** Full-width figures and a comma for a point are what people type; anything else goes to the server as it is. */
export function numberOf(text: string): number | string {
  const plain = text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^(-?\d+),(\d+)$/, '$1.$2')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text
}

/** What the server assesses and keeps: only what this category asks for, and nothing that was left empty. */
export function workOf(
  form: WorkForm,
  words: Vocabulary
): { category: string; parameters: Record<string, unknown>; context: Work['context'] } {
  const asked = parametersOf(words, form.category)
  const given = asked.flatMap((parameter): [string, unknown][] => {
    const text = (form.values[parameter.name] ?? '').trim()
    if (text === '') return []
    return [[parameter.name, parameter.kind === 'boolean' ? text === 'yes' : numberOf(text)]]
  })
  const distance = numberOf(form.distance)
  return {
    category: form.category,
    parameters: Object.fromEntries(given),
    context: {
      ...(form.neighbour.trim() ? { neighbour: form.neighbour.trim() } : {}),
      ...(typeof distance === 'number' && distance >= 0 ? { distance_m: distance } : {}),
    },
  }
}

export function parametersOf(words: Vocabulary, category: string): ParameterWords[] {
  const found: CategoryWords | undefined = words.categories.find((one) => one.code === category)
  return (found?.parameters ?? []).flatMap((name) => words.parameters.find((one) => one.name === name) ?? [])
}
