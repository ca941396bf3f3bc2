/** Most bytes of one answer: open-ended ranges of several players would hold all connections of a browser. */
export const MOST_BYTES = 1_048_576

export type AskedRange =
  { kind: 'none' } | { kind: 'unsatisfiable' } | { kind: 'part'; start: number; end: number }

/** One range, RFC 9110 14.1.2, both ends included; no more than 15 digits, which a number holds exactly. */
const ONE_RANGE = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/

/**
 * What a Range header asks of a file of `size` bytes, cut to MOST_BYTES. Several ranges at once, and what
 * can't be read, are unsatisfiable: a player asks for one. No header, or another unit than bytes, is `none`.
 */
export function readCappedRange(header: string | undefined, size: number): AskedRange {
  if (header === undefined || !/^bytes\s*=/.test(header)) return { kind: 'none' }
  const [, first, last] = ONE_RANGE.exec(header) ?? []
  if (first === undefined || last === undefined || (first === '' && last === ''))
    return { kind: 'unsatisfiable' }
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const wanted = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  const backwards = first !== '' && last !== '' && Number(last) < start
  if (start >= size || backwards) return { kind: 'unsatisfiable' }
  return { kind: 'part', start, end: Math.min(wanted, start + MOST_BYTES - 1) }
}
