import { sha256, toHex, u32be, utf8 } from '#lib/bytes'
import { closedDigest, filesDigest } from '#lib/bundle/format'
import { canonicalJson, type Json } from '#lib/canonical_json'
import { FIRST_PREV } from '#lib/ledger/streams'
import { inclusionProof, leafHash, merkleRoot } from '#lib/merkle'
import { formatVerifierKey, parseVerifierKey } from '#lib/tlog/keys'
import { checkpointOf, LOG, WITNESS } from '#tests/support/made_ledger'

type Payload = Record<string, Json>
export type Line = {
  index: number
  leaf: string
  path: string[]
  opening: { salt: string; payload: Payload } | null
  withheld: 'reader' | 'erased' | null
}
export type Reason = Line['withheld']

export const keys = [LOG, WITNESS].map((key) => {
  const parsed = parseVerifierKey(formatVerifierKey(key))
  if (!parsed.ok) throw new Error(parsed.error.code)
  return parsed.value
})

/**
 * A log of one review with an erased entry, and the bundle that a participant gets of it. `at`: the entries' times, by
 * index; `listed`: files beside the keys.
 */
export function madeLog(
  at: (index: number) => string = () => '2026-03-13T01:00:00.000Z',
  listed: [string, Uint8Array][] = []
) {
  const heads = new Map<string, { seq: number; prev: string }>()
  const lines: (Line & { stream: string })[] = []
  const append = (stream: string, type: string, payload: Payload, withheld: Reason = null) => {
    const { seq, prev } = heads.get(stream) ?? { seq: 0, prev: FIRST_PREV }
    const salt = toHex(sha256(u32be(lines.length)))
    const commit = toHex(sha256(sha256(u32be(lines.length)), utf8(canonicalJson(payload))))
    const leaf = canonicalJson({ v: 1, stream, seq, prev, type, at: at(lines.length), commit })
    heads.set(stream, { seq: seq + 1, prev: toHex(leafHash(utf8(leaf))) })
    lines.push({
      index: lines.length,
      leaf,
      path: [],
      opening: withheld ? null : { salt, payload },
      withheld,
      stream,
    })
    return lines.at(-1)!
  }
  const hashOf = (line: Line) => toHex(leafHash(utf8(line.leaf)))
  append('review/1', 'review.created', { a: 'x' })
  append('review/1', 'place.refuse', { a: 'reason' }, 'reader')
  const erased = append('review/1', 'draw.note', { a: 'name' }, 'erased')
  append('review/1', 'report.signed', { a: 'y' })
  append('other', 'plan.created', { a: 'z' })
  const told = { index: erased.index, leafHash: hashOf(erased), changes: [] }
  append('ledger', 'ledger.erased', { by: 'x', erased: [told], reason: 'y' })
  append('ledger', 'ledger.erased', { by: 'x', erased: [{ ...told, index: 99 }], reason: 'y' })
  const lost = { from: erased.index, to: erased.index + 1 }
  append('ledger', 'ledger.restored', { by: 'x', lost })
  append('ledger', 'ledger.restored', { by: 'x', lost: { from: 0, to: erased.index } })
  const vkeys = ['server.vkey', 'witness.vkey'].map((name, i): [string, Uint8Array] => {
    return [`ledger/${name}`, utf8(`${formatVerifierKey([LOG, WITNESS][i]!)}\n`)]
  })
  const files = [...vkeys, ...listed].map(([path, bytes]) => {
    return { path, size: bytes.length, sha256: toHex(sha256(bytes)), bytes }
  })
  const list = files.map(({ bytes: _, ...file }) => file)
  const own = () => lines.filter(({ stream }) => stream === 'review/1')
  const closed = closedDigest(own())
  const facts = { number: 'LZ-2026-0001', reader: 'participant', files: filesDigest(list), closed }
  const entry = append('review/1', 'evidence.bundled', { ...facts, entries: own().length + 1 }).index
  const leaves = lines.map(({ leaf }) => leafHash(utf8(leaf)))
  const proved = lines.map(({ stream: _, ...line }, i) => {
    return { ...line, path: inclusionProof(leaves, i).map(toHex) }
  })
  const of = (stream: string) => proved.filter((__, i) => lines[i]!.stream === stream)
  const manifest = {
    format: 'lunzheng-evidence-bundle/2',
    review: { number: facts.number, stream: 'review/1' },
    entry,
    files: list,
  }
  const checkpoint = checkpointOf(leaves.length, merkleRoot(leaves))
  return { leaves, entries: of('review/1'), ledger: of('ledger'), manifest, files, checkpoint }
}
