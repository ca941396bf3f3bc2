import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { toHex } from '#lib/bytes'
import { appendLeaf, EMPTY_FRONTIER, leafHash, rootOf } from '#lib/merkle'
import { HeadStore, HeadUnreadable } from '#ledger/checkpoints/head_store'
import { headProblem } from '#ledger/domain/ledger_problem'
import { checkpointOf, LOG, madeEntries } from '#tests/support/made_ledger'

const frontierOf = (entries: readonly Uint8Array[]) =>
  entries.map(leafHash).reduce((frontier, leaf) => appendLeaf(frontier, leaf), EMPTY_FRONTIER)
const ENTRIES = madeEntries(9)
const headOf = (entries: readonly Uint8Array[]) => {
  const frontier = frontierOf(entries)
  const note = new TextDecoder().decode(
    checkpointOf(frontier.size, rootOf(frontier), { log: LOG, witness: null })
  )
  return { frontier, note }
}

test.group('The head kept apart', (group) => {
  let directory: string
  group.each.setup(() => {
    directory = mkdtempSync(join(tmpdir(), 'lz-head-'))
    return () => rmSync(directory, { recursive: true })
  })

  test('two instances that go on from one head can’t both sign', ({ assert }) => {
    const [one, other] = [new HeadStore(directory, LOG), new HeadStore(directory, LOG)]
    const first = headOf(ENTRIES.slice(0, 5))
    const before = one.latest()
    assert.isNotNull(one.advance(before, first.frontier, first.note))
    const fork = headOf(madeEntries(7, 1))
    assert.isNull(other.advance(before, fork.frontier, fork.note))
    assert.deepEqual(other.latest().frontier, first.frontier)
    const next = headOf(ENTRIES)
    assert.isNotNull(other.advance(other.latest(), next.frontier, next.note))
    assert.isNull(one.advance({ ...before, generation: 1 }, fork.frontier, fork.note))
    assert.lengthOf(readdirSync(join(directory, 'ledger-head')), 2)
  })

  test('a head that this log did not sign is not gone on from', ({ assert }) => {
    const store = new HeadStore(directory, LOG)
    const { note } = headOf(ENTRIES.slice(0, 5))
    store.advance(store.latest(), headOf(madeEntries(5, 1)).frontier, note)
    assert.throws(() => store.latest(), HeadUnreadable)
  })

  test('two roots of one size, a shorter log and a lost head are told apart', ({ assert }) => {
    const seen = (entries: readonly Uint8Array[]) => {
      return { size: entries.length, root: toHex(rootOf(frontierOf(entries))) }
    }
    const [signed, other] = [seen(ENTRIES), seen(madeEntries(9, 1))]
    const code = (...given: Parameters<typeof headProblem>) => headProblem(...given)?.code ?? null
    assert.isNull(code(signed, signed, signed))
    assert.equal(code(signed, signed, other), 'ledger_forked')
    assert.equal(code(signed, other, signed), 'ledger_forked')
    assert.equal(code(signed, signed, seen(ENTRIES.slice(0, 8))), 'ledger_rolled_back')
    assert.equal(code(seen(ENTRIES.slice(0, 8)), signed, signed), 'head_rolled_back')
    assert.equal(code(seen([]), signed, signed), 'head_lost')
  })
})
