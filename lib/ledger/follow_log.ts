/** A monitor's round: what the log says now must go on from what was seen last, entry by entry. */
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson, parseStrictJson } from '../canonical_json.ts'
import { exactFields, isHash, isIntegerBetween } from '../draw/read.ts'
import { appendLeaf, EMPTY_FRONTIER, leafHash, rootOf, type Frontier } from '../merkle.ts'
import { fail, ok, type Result } from '../result.ts'
import { KEY_TYPE, type VerifierKey } from '../tlog/keys.ts'
import { parseCheckpoint } from '../tlog/checkpoint.ts'
import { parseNote } from '../tlog/note.ts'
import { openCheckpoint } from '../tlog/open_checkpoint.ts'
import { TILE_WIDTH } from '../tlog/tiles.ts'
import { readLeaf } from './leaf.ts'
import { LogIncomplete, type RemoteCheckpoint, type RemoteLog } from './remote_log.ts'
import { Streams, type StreamHeads } from './streams.ts'

/** What a monitor remembers between rounds. */
export type Followed = {
  readonly frontier: Frontier
  readonly streams: StreamHeads
  /** The checkpoint seen last, as it was signed; empty before the first. */
  readonly note: string
}

export const NOTHING_FOLLOWED: Followed = { frontier: EMPTY_FRONTIER, streams: [], note: '' }

export type FollowFault =
  | { code: 'log_signature'; why: string }
  | { code: 'log_not_cosigned' }
  | { code: 'log_other_origin'; origin: string }
  | { code: 'log_rolled_back'; from: number; to: number }
  /** Another tree of the size seen last, or one that does not begin with it. */
  | { code: 'log_forked'; size: number }
  /** The entries served are not those of the tree. */
  | { code: 'log_entries'; size: number }
  | { code: 'log_entry_form'; index: number }
  | { code: 'log_streams'; index: number; why: string }
  /** Signed, and a file that it stands for is not served, or is no such file: nobody can tell what was signed. */
  | { code: 'log_withheld'; path: string }

/** `note` is what the log showed: with the one remembered it proves to others what is wrong. */
export type Refused = {
  readonly fault: FollowFault
  readonly note: string
  readonly code: FollowFault['code']
}

export type Round = {
  readonly followed: Followed
  readonly from: number
  readonly checkpoint: RemoteCheckpoint
}

/**
 * One round. The log's own key must have signed, and one of the witnesses among `keys` if there are any. `keep` gets
 * each checkpoint that was signed before more is read, which may fail.
 * @throws LogIncomplete when there is no checkpoint at all.
 */
export async function followLog(
  log: RemoteLog,
  keys: readonly VerifierKey[],
  before: Followed,
  keep: (checkpoint: RemoteCheckpoint) => void
): Promise<Result<Round, Refused>> {
  const opened = await log.checkpoint(keys)
  if (!opened.ok) return refuse({ code: 'log_signature', why: opened.error.code }, opened.error.note)
  keep(opened.value)
  try {
    return await judge(log, keys, before, opened.value)
  } catch (error) {
    if (!(error instanceof LogIncomplete)) throw error
    return refuse({ code: 'log_withheld', path: error.path }, opened.value.note)
  }
}

async function judge(
  log: RemoteLog,
  keys: readonly VerifierKey[],
  before: Followed,
  checkpoint: RemoteCheckpoint
): Promise<Result<Round, Refused>> {
  const { note, size, root, cosigned } = checkpoint
  const wants = keys.some(({ type }) => type === KEY_TYPE.cosignature)
  if (wants && cosigned.length === 0) return refuse({ code: 'log_not_cosigned' }, note)
  const { size: from } = before.frontier
  const known = before.note ? openCheckpoint(utf8(before.note), keys) : null
  if (known?.ok && known.value.origin !== checkpoint.origin)
    return refuse({ code: 'log_other_origin', origin: checkpoint.origin }, note)
  if (size < from) return refuse({ code: 'log_rolled_back', from, to: size }, note)
  const read = await readOn(log, before, size)
  if ('code' in read) return refuse(read, note)
  if (toHex(rootOf(read.frontier)) === toHex(root))
    return ok({ followed: { ...read, note }, from, checkpoint })
  const older = { size: from, root: rootOf(before.frontier) }
  const sameLog = await log.extends(checkpoint, older)
  return refuse(sameLog ? { code: 'log_entries', size } : { code: 'log_forked', size }, note)
}

function refuse(fault: FollowFault, note: string): { ok: false; error: Refused } {
  return fail({ code: fault.code, fault, note })
}

type Read = { readonly frontier: Frontier; readonly streams: StreamHeads }

async function readOn(log: RemoteLog, before: Followed, size: number): Promise<Read | FollowFault> {
  const streams = new Streams(before.streams)
  let { frontier } = before
  while (frontier.size < size) {
    const number = Math.floor(frontier.size / TILE_WIDTH)
    const entries = await log.bundle(size, number)
    for (const entry of entries.slice(frontier.size - number * TILE_WIDTH)) {
      const index = frontier.size
      const leaf = readLeaf(entry)
      if (!leaf) return { code: 'log_entry_form', index }
      const hash = leafHash(entry)
      const why = streams.next(leaf, toHex(hash))
      if (why) return { code: 'log_streams', index, why }
      frontier = appendLeaf(frontier, hash)
    }
  }
  return { frontier, streams: streams.heads() }
}

/** As a monitor keeps it in a file. */
export function formatFollowed({ frontier, streams, note }: Followed): string {
  return `${canonicalJson({ format: FORMAT, frontier, note, streams })}\n`
}

const FORMAT = 'lunzheng-monitor/1'

/** Undefined for what is no such file: a monitor must not begin anew by itself. */
export function parseFollowed(text: string): Followed | undefined {
  const parsed = parseStrictJson(text.replace(/\n$/, ''))
  const state = parsed.ok ? exactFields(parsed.value, ['format', 'frontier', 'note', 'streams']) : undefined
  const frontier = exactFields(state?.frontier, ['nodes', 'size'])
  const valid =
    state?.format === FORMAT &&
    typeof state.note === 'string' &&
    isIntegerBetween(frontier?.size, 0, Number.MAX_SAFE_INTEGER) &&
    Array.isArray(frontier?.nodes) &&
    frontier.nodes.every(isHash) &&
    frontier.nodes.length === onesOf(frontier.size as number) &&
    Array.isArray(state.streams) &&
    state.streams.every(isHead)
  return valid && isTreeOf(state as unknown as Followed) ? (state as unknown as Followed) : undefined
}

/** The tree remembered is the one that the remembered checkpoint is of. */
function isTreeOf({ frontier, note: text }: Followed): boolean {
  if (text === '') return frontier.size === 0
  const note = parseNote(utf8(text))
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
  if (!checkpoint.ok) return false
  const { size, root } = checkpoint.value
  return size === frontier.size && toHex(root) === toHex(rootOf(frontier))
}

function onesOf(size: number): number {
  return [...size.toString(2)].filter((digit) => digit === '1').length
}

function isHead(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 4 &&
    typeof value[0] === 'string' &&
    isIntegerBetween(value[1], 0, Number.MAX_SAFE_INTEGER) &&
    isHash(value[2]) &&
    typeof value[3] === 'boolean'
  )
}
