import { fail, ok, type Result } from '#lib/result'

/**
 * An administrator's dated correction of one place of the file, such as the wording of a severe defect.
 * `path` is a JSON Pointer (RFC 6901) to a value that exists; `from` and the day asked for are YYYY-MM-DD.
 */
export type Correction = { path: string; value: unknown; from: string }

export type CorrectionError = { code: 'correction_has_no_place'; path: string }

/** The file's JSON with the corrections in force on `day` laid over it, the oldest first. */
export function withCorrections(
  json: unknown,
  corrections: readonly Correction[],
  day: string
): Result<unknown, CorrectionError> {
  const copy = structuredClone(json)
  const due = corrections
    .filter((correction) => correction.from <= day)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  for (const { path, value } of due) {
    if (!put(copy, path, value)) return fail({ code: 'correction_has_no_place', path })
  }
  return ok(copy)
}

function put(root: unknown, path: string, value: unknown): boolean {
  const keys = path.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = keys.pop()
  if (keys.shift() !== '' || last === undefined) return false
  let place = root
  for (const key of keys) {
    if (!isContainer(place) || !Object.hasOwn(place, key)) return false
    place = place[key]
  }
  if (!isContainer(place) || !Object.hasOwn(place, last)) return false
  place[last] = structuredClone(value)
  return true
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
