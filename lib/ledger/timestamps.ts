/**
 * Daily timestamps over checkpoints (RFC 3161). Beside the log: `timestamps/list` names the days, one a line, and
 * each day has the note that was stamped (`.checkpoint`) and the authority's response over its bytes (`.tsr`).
 */
import { sha256, toHex } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import { commonNameOf, type Certificate } from '../pki/certificate.ts'
import { tokenOfResponse, verifyTimestamp, type TimestampFailure } from '../pki/timestamp_verify.ts'
import type { VerifierKey } from '../tlog/keys.ts'
import { decodeUtf8 } from '../tlog/note.ts'
import { openCheckpoint, type SignedCheckpoint } from '../tlog/open_checkpoint.ts'
import type { ReadFile } from './verify_folder.ts'

export const TIMESTAMP_LIST = 'timestamps/list'

export type TimestampKind = 'checkpoint' | 'tsr'

/** `day` is a UTC day, YYYY-MM-DD. */
export function timestampPath(day: string, kind: TimestampKind): string {
  return `timestamps/${day}.${kind}`
}

export function parseTimestampPath(path: string): { day: string; kind: TimestampKind } | undefined {
  const [, day = '', kind] = /^timestamps\/(\d{4}-\d\d-\d\d)\.(checkpoint|tsr)$/.exec(path) ?? []
  return isDay(day) ? { day, kind: kind as TimestampKind } : undefined
}

/** Ends every line, the last included. */
export function formatTimestampList(days: readonly string[]): string {
  return days.map((day) => `${day}\n`).join('')
}

/** Undefined unless each line is a day later than the one before. */
export function parseTimestampList(bytes: Uint8Array): string[] | undefined {
  const text = decodeUtf8(bytes)
  if (text === undefined || (text !== '' && !text.endsWith('\n'))) return undefined
  const days = text.split('\n').slice(0, -1)
  return days.every((day, i) => isDay(day) && (i === 0 || day > days[i - 1]!)) ? days : undefined
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00.000Z`).toJSON()?.slice(0, 10) === text
}

export type Stamped = {
  readonly time: Date
  /** Common name in the authority's certificate. */
  readonly authority: string
  /** Whether its chain leads to one of the roots given. */
  readonly trusted: boolean
}

/** Whether a response (TimeStampResp) stamps these bytes; `nonce` where the request is at hand. */
export async function readTimestamp(
  response: Uint8Array,
  note: Uint8Array,
  options: { roots: readonly Certificate[]; nonce?: bigint }
): Promise<Result<Stamped, { code: TimestampFailure }>> {
  const token = tokenOfResponse(response.slice() as Uint8Array<ArrayBuffer>)
  if (!token.ok) return token
  const imprint = sha256(note).slice() as Uint8Array<ArrayBuffer>
  const { roots, nonce } = options
  const input = { token: token.value, imprint, ...(nonce === undefined ? {} : { nonce }) }
  const rooted = await verifyTimestamp({ ...input, roots })
  const rootless = !rooted.ok && rooted.error.code === 'timestamp_certificate_unknown_issuer'
  // A root that nobody pinned makes the authority unknown, not the timestamp wrong.
  const read = rootless ? await verifyTimestamp({ ...input, roots: [] }) : rooted
  if (!read.ok) return read
  const { time, chain, trusted } = read.value
  return ok({ time, authority: commonNameOf(chain[0]!), trusted })
}

export type TimestampFault = { readonly day: string; readonly why: string }

export type StampedCheckpoint = {
  readonly day: string
  readonly checkpoint: SignedCheckpoint
  readonly time: Date
  readonly authority: string
}

/** What the timestamps of a folder say, before it is known whether the log still begins with what they stamped. */
export type ReadTimestamps = {
  /** The checkpoints that were stamped. */
  readonly stamped: readonly StampedCheckpoint[]
  /** The first that is none. */
  readonly fault: TimestampFault | null
  /** The first whose authority is unknown. */
  readonly unknown: string | null
}

/** Null where the folder has no list of them. `keys`: those that sign this log. */
export async function readTimestamps(
  read: ReadFile,
  keys: readonly VerifierKey[],
  roots: readonly Certificate[]
): Promise<ReadTimestamps | null> {
  const list = await read(TIMESTAMP_LIST)
  if (!list) return null
  const days = parseTimestampList(list)
  if (!days) return { stamped: [], fault: { day: 'list', why: 'malformed' }, unknown: null }
  const stamped: StampedCheckpoint[] = []
  let unknown: string | null = null
  for (const day of days) {
    const one = await readDay(read, day, keys, roots)
    if (!one.ok) return { stamped, fault: { day, why: one.error.code }, unknown }
    const { trusted, ...stamp } = one.value
    stamped.push({ day, ...stamp })
    if (!trusted) unknown ??= day
  }
  return { stamped, fault: null, unknown }
}

async function readDay(
  read: ReadFile,
  day: string,
  keys: readonly VerifierKey[],
  roots: readonly Certificate[]
): Promise<Result<Stamped & { checkpoint: SignedCheckpoint }, { code: string }>> {
  const note = await read(timestampPath(day, 'checkpoint'))
  const response = await read(timestampPath(day, 'tsr'))
  if (!note || !response) return fail({ code: 'missing' })
  const checkpoint = openCheckpoint(note, keys)
  if (!checkpoint.ok) return checkpoint
  const stamp = await readTimestamp(response, note, { roots })
  if (!stamp.ok) return stamp
  if (stamp.value.time.toJSON().slice(0, 10) !== day) return fail({ code: 'another_day' })
  return ok({ checkpoint: checkpoint.value, ...stamp.value })
}

/** Whether every checkpoint that was stamped is of this log; `rootAt` gives the root of its first `size` entries. */
export function faultOf(
  { stamped, fault }: ReadTimestamps,
  rootAt: (size: number) => Uint8Array | undefined
): TimestampFault | null {
  const foreign = stamped.find(({ checkpoint: { size, root } }) => {
    const own = rootAt(size)
    return !own || toHex(own) !== toHex(root)
  })
  return fault ?? (foreign ? { day: foreign.day, why: 'another_log' } : null)
}
