import { sha256, toHex, u32be, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { leafHash, merkleRoot } from '#lib/merkle'
import { formatCheckpoint } from '#lib/tlog/checkpoint'
import { formatVerifierKey, KEY_TYPE, signerKey, type SignerKey } from '#lib/tlog/keys'
import { formatNote } from '#lib/tlog/note'
import { cosignNote, signNote } from '#lib/tlog/sign_note'
import { encodeEntries, encodeHashes, tilePath, tilesOf } from '#lib/tlog/tiles'
import { FIRST_PREV } from '#lib/ledger/streams'

export const LOG = signerKey('log.example/a', KEY_TYPE.ed25519, sha256(utf8('log')))
export const WITNESS = signerKey('witness.example/w', KEY_TYPE.cosignature, sha256(utf8('witness')))
export const COSIGNED_AT = 1_773_331_200

/** Without a witness nobody cosigns. */
export type Signers = { readonly log: SignerKey; readonly witness: SignerKey | null }

export type LedgerFiles = Record<string, Uint8Array>

/** Entries of three streams by turns, as the application writes them. */
export function madeEntries(count: number, salt = 0): Uint8Array[] {
  const heads = new Map<string, { seq: number; prev: string }>()
  return Array.from({ length: count }, (_, i) => {
    const stream = `review/${i % 3}`
    const { seq, prev } = heads.get(stream) ?? { seq: 0, prev: FIRST_PREV }
    const at = new Date(Date.UTC(2026, 2, 13, 1, 0, i)).toISOString()
    const commit = toHex(sha256(u32be(i), u32be(salt)))
    const entry = utf8(canonicalJson({ v: 1, stream, seq, prev, type: 'plan.reminded', at, commit }))
    heads.set(stream, { seq: seq + 1, prev: toHex(leafHash(entry)) })
    return entry
  })
}

/** What a log of these entries serves: a healthy one, unless the entries are not. */
export function ledgerFiles(
  entries: readonly Uint8Array[],
  signers: Signers = { log: LOG, witness: WITNESS }
): LedgerFiles {
  const levels = [entries.map(leafHash)]
  for (let below = levels[0]!; below.length >= 256; below = levels.at(-1)!) {
    const full = Math.floor(below.length / 256)
    levels.push(Array.from({ length: full }, (_, i) => merkleRoot(below.slice(i * 256, (i + 1) * 256))))
  }
  const files: LedgerFiles = {
    'server.vkey': utf8(`${formatVerifierKey(signers.log)}\n`),
    ...(signers.witness && { 'witness.vkey': utf8(`${formatVerifierKey(signers.witness)}\n`) }),
    checkpoint: checkpointOf(entries.length, merkleRoot(levels[0]!), signers),
  }
  for (const { level, index, width } of tilesOf(entries.length)) {
    const [from, to] = [index * 256, index * 256 + width]
    files[tilePath({ level, index, width })] =
      level === 'entries'
        ? encodeEntries(entries.slice(from, to))
        : encodeHashes(levels[level]!.slice(from, to))
  }
  return files
}

export function checkpointOf(
  size: number,
  root: Uint8Array,
  signers: Signers = { log: LOG, witness: WITNESS }
): Uint8Array {
  const text = formatCheckpoint({ origin: signers.log.name, size, root })
  const cosigned = signers.witness ? [cosignNote(signers.witness, text, COSIGNED_AT)] : []
  const signatures = [signNote(signers.log, text), ...cosigned]
  return utf8(formatNote({ text, signatures }))
}
