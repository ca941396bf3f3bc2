import { test } from '@japa/runner'
import { sha256, toHex, u32be, utf8 } from '#lib/bytes'
import { closedDigest, filesDigest } from '#lib/bundle/format'
import { verifyBundle } from '#lib/bundle/verify_bundle'
import { canonicalJson, type Json } from '#lib/canonical_json'
import { FIRST_PREV } from '#lib/ledger/streams'
import { inclusionProof, leafHash, merkleRoot } from '#lib/merkle'
import { formatVerifierKey, parseVerifierKey } from '#lib/tlog/keys'
import { checkpointOf, LOG, WITNESS } from '#tests/support/made_ledger'

type Payload = Record<string, Json>
type Line = {
  index: number
  leaf: string
  path: string[]
  opening: { salt: string; payload: Payload } | null
  withheld: 'reader' | 'erased' | null
}
type Reason = Line['withheld']

const keys = [LOG, WITNESS].map((key) => {
  const parsed = parseVerifierKey(formatVerifierKey(key))
  if (!parsed.ok) throw new Error(parsed.error.code)
  return parsed.value
})

/** A log of one review with an erased entry, and the bundle that a participant gets of it. */
function madeLog() {
  const heads = new Map<string, { seq: number; prev: string }>()
  const lines: (Line & { stream: string })[] = []
  const append = (stream: string, type: string, payload: Payload, withheld: Reason = null) => {
    const { seq, prev } = heads.get(stream) ?? { seq: 0, prev: FIRST_PREV }
    const salt = toHex(sha256(u32be(lines.length)))
    const commit = toHex(sha256(sha256(u32be(lines.length)), utf8(canonicalJson(payload))))
    const at = '2026-03-13T01:00:00.000Z'
    const leaf = canonicalJson({ v: 1, stream, seq, prev, type, at, commit })
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
  const files = ['server.vkey', 'witness.vkey'].map((name, i) => {
    const bytes = utf8(`${formatVerifierKey([LOG, WITNESS][i]!)}\n`)
    return { path: `ledger/${name}`, size: bytes.length, sha256: toHex(sha256(bytes)), bytes }
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
  return { entries: of('review/1'), ledger: of('ledger'), manifest, files, checkpoint }
}

const LOGGED = madeLog()
const ERASED = 2

async function judged(entries: Line[], erasures: Line[] | null, number = LOGGED.manifest.review.number) {
  const jsonl = (lines: Line[]) =>
    utf8(`${lines.map((line) => canonicalJson(line as unknown as Json)).join('\n')}\n`)
  const manifest = { ...LOGGED.manifest, review: { ...LOGGED.manifest.review, number } }
  const files = new Map([
    ['bundle.json', utf8(canonicalJson(manifest))],
    ['ledger/checkpoint', LOGGED.checkpoint],
    ['ledger/entries.jsonl', jsonl(entries)],
    ...LOGGED.files.map(({ path, bytes }) => [path, bytes] as const),
  ])
  if (erasures) files.set('ledger/erasures.jsonl', jsonl(erasures))
  const { verdict, checks } = await verifyBundle(files, keys)
  return { verdict, failed: checks.filter(({ ok }) => !ok).map(({ code }) => code) }
}

test.group('Evidence bundles', () => {
  const { entries, ledger } = LOGGED
  const erasure = ledger.slice(0, 1)

  test('SEC-2: closed for the reader and erased on record: genuine', async ({ assert }) => {
    for (const told of [erasure, ledger.slice(2, 3)])
      assert.deepEqual(await judged(entries, told), { verdict: 'genuine', failed: [] })
  })

  test('an entry hidden by whoever passes the bundle on, or closed for another reason', async ({
    assert,
  }) => {
    const as = (i: number, withheld: Reason) => entries.with(i, { ...entries[i]!, opening: null, withheld })
    for (const hidden of [as(0, 'erased'), as(0, 'reader'), as(3, 'reader'), as(ERASED, 'reader')]) {
      const { verdict, failed } = await judged(hidden, erasure)
      assert.include(failed, 'bundle_closed')
      assert.equal(verdict, 'not_genuine')
    }
    assert.include((await judged(as(0, 'erased'), erasure)).failed, 'bundle_erasures')
  })

  test('an erasure of which no entry of the log tells', async ({ assert }) => {
    const opening = {
      ...erasure[0]!.opening!,
      payload: { ...erasure[0]!.opening!.payload, reason: 'another' },
    }
    for (const shown of [
      null,
      ledger.slice(1, 2),
      ledger.slice(3),
      ledger,
      [{ ...erasure[0]!, opening }],
      [{ ...erasure[0]!, index: 4 }],
      [{ ...erasure[0]!, opening: null, withheld: 'reader' as const }],
      [...erasure, entries[0]!],
    ])
      assert.deepEqual(await judged(entries, shown), { verdict: 'not_genuine', failed: ['bundle_erasures'] })
  })

  test('the number of another review', async ({ assert }) => {
    const { verdict, failed } = await judged(entries, erasure, 'LZ-2026-0002')
    assert.deepEqual([verdict, failed], ['not_genuine', ['bundle_review']])
  })
})
