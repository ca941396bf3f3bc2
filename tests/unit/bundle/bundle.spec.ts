import { test } from '@japa/runner'
import { utf8 } from '#lib/bytes'
import { verifyBundle } from '#lib/bundle/verify_bundle'
import { canonicalJson, type Json } from '#lib/canonical_json'
import { keys, madeLog, type Line, type Reason } from './support/made_log.js'

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
