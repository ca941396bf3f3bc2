import { nameOf, namesIn, type PdfValue } from './parse_value.ts'

/**
 * Names that make a file do something, carry another file, or fetch something. A plan is paper: none of
 * these belongs into it (ISO 32000-1, 12.6 actions, 12.7 forms, 7.11 embedded files, 13 multimedia).
 */
const REFUSED = new Set([
  'JavaScript',
  'JS',
  'AA',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'FileAttachment',
  'RichMedia',
  'RichMediaContent',
  'Rendition',
  'SubmitForm',
  'ImportData',
  'GoToE',
  'XFA',
  'Movie',
  'Sound',
  'Screen',
])
/** A document may open at a page; anything else on opening is an action. */
const HARMLESS_ON_OPEN = new Set(['GoTo', 'D'])

export interface ActiveFindings {
  readonly found: string[]
  /** References that stand as `/OpenAction`, to be looked at once all objects are known. */
  readonly opens: number[]
}

/** What of one object is active content. `/Type /Sound` alone is a name too: it is refused like the rest. */
export function activeContent(value: PdfValue): ActiveFindings {
  const found: string[] = []
  const opens: number[] = []
  for (const name of namesIn(value)) if (REFUSED.has(name)) found.push(name)
  for (const open of openActions(value)) {
    if (Array.isArray(open)) continue
    if (open !== null && typeof open === 'object' && 'ref' in open) opens.push(open.ref as number)
    else if (!opensAtAPage(open)) found.push('OpenAction')
  }
  return { found, opens }
}

/** Whether the value of `/OpenAction` only says where to begin reading. */
export function opensAtAPage(value: PdfValue): boolean {
  if (Array.isArray(value) || value === null) return true
  if (!(value instanceof Map)) return false
  if (value.has('Next')) return false
  const action = nameOf(value.get('S') ?? null)
  return action !== null && HARMLESS_ON_OPEN.has(action)
}

function* openActions(value: PdfValue): Generator<PdfValue> {
  if (Array.isArray(value)) for (const entry of value) yield* openActions(entry)
  if (!(value instanceof Map)) return
  for (const [key, entry] of value) {
    if (key.split('\u0000')[0] === 'OpenAction') yield entry
    else yield* openActions(entry)
  }
}
