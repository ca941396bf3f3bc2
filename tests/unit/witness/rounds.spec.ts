import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { toHex } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { drawInput } from '#lib/draw/entropy'
import { normalPlanIdentity, planKey, type PlanIdentity } from '#lib/draw/plan_key'
import { ROUND_FAILED_TYPE } from '#lib/draw/round_before'
import { witnessClient } from '#lib/draw/witness_client'
import {
  APP_SECRET,
  drawOf,
  LOG_OPTIONS,
  newDirectory,
  planOf,
  startWitness,
  TestLedger,
  type Running,
} from './support.js'

test.group('DRAW-6: the witness binds rounds', (group) => {
  let running: Running
  let directory: string
  let ledger: TestLedger
  group.each.timeout(60_000)
  group.each.setup(async () => {
    directory = newDirectory()
    ledger = new TestLedger()
    running = await startWitness(directory, APP_SECRET, LOG_OPTIONS)
    return async () => {
      await running.stop('SIGKILL')
      rmSync(directory, { recursive: true })
    }
  })

  type Draw = ReturnType<typeof drawOf>
  const client = () => witnessClient({ url: running.url, secretKey: APP_SECRET, timeoutMs: 20_000 })
  const claim = (index: number) => ledger.claimer(index, () => running.url)
  const frozen = (draw: Draw, plan: PlanIdentity | null) =>
    ledger.add('draw.committed', plan ? { ...draw, plan } : draw)
  const failed = (draw: Draw, change: object = {}, type = ROUND_FAILED_TYPE) =>
    ledger.add(type, { ...draw, drawId: drawInput(draw), ...change })
  /** What the witness says to a draw, with the entry at `before` as the reason of its round. */
  const ask = async (draw: Draw, commit: number, before?: number) => {
    const answer = await client().evaluate(draw, async (size) => {
      const claimed = await claim(commit)(size)
      if (before === undefined) return claimed
      return { ...claimed, roundBefore: ledger.entry(before, claimed.size) }
    })
    return answer.ok ? 'ok' : answer.error.code
  }
  const firstRound = async (part = 'a') => {
    const draw = drawOf(part)
    return { draw, said: await ask(draw, frozen(draw, planOf(part))) }
  }
  const second = drawOf('a', planOf('a', 2))

  test('a second round for a draw that displeased, with nothing to show for it', async ({ assert }) => {
    assert.equal((await firstRound()).said, 'ok')
    assert.equal(await ask(second, frozen(second, planOf('a', 2))), 'round_before_missing')
    const third = drawOf('a', planOf('a', 3))
    assert.equal(await ask(third, frozen(third, planOf('a', 3))), 'round_before_unknown')
    // Round 2 first, so that there is no round 1 to have failed.
    const other = drawOf('z', planOf('z', 2))
    const reason = failed(drawOf('z'))
    assert.equal(await ask(other, frozen(other, planOf('z', 2)), reason), 'round_before_unknown')
  })

  test('a second round after the first is on record as failed, and a third after the second, each once', async ({
    assert,
  }) => {
    const { draw } = await firstRound()
    const reason = failed(draw)
    const commit = frozen(second, planOf('a', 2))
    assert.equal(await ask(second, commit, reason), 'ok')
    assert.equal(await ask(second, commit, reason), 'ok')
    // The same reason for another pool of round 2, and for round 3.
    const again = { ...second, poolRoot: draw.planKey }
    assert.equal(await ask(again, frozen(again, planOf('a', 2)), reason), 'plan_already_drawn')
    const third = drawOf('a', planOf('a', 3))
    assert.equal(await ask(third, frozen(third, planOf('a', 3)), reason), 'entry_payload')
    await running.stop('SIGKILL')
    running = await startWitness(directory, APP_SECRET, LOG_OPTIONS)
    const next = failed(second)
    assert.equal(await ask(third, frozen(third, planOf('a', 3)), next), 'ok')
  })

  test('a failed round of another plan, of another draw, of another type, or told after the pool was frozen', async ({
    assert,
  }) => {
    const { draw } = await firstRound()
    const { draw: elsewhere } = await firstRound('b')
    const reasons: [number, string][] = [
      [failed(elsewhere), 'entry_payload'],
      [failed(draw, { drawId: drawInput(elsewhere) }), 'entry_payload'],
      [failed(draw, { round: 2 }), 'entry_payload'],
      [failed(draw, {}, 'review.close'), 'entry_type'],
    ]
    const commit = frozen(second, planOf('a', 2))
    for (const [reason, code] of reasons) assert.equal(await ask(second, commit, reason), code)
    assert.equal(await ask(second, commit, failed(draw)), 'round_before_late')
    const late = ledger.leaves.length - 1
    assert.equal(await ask(second, frozen(second, planOf('a', 2)), late), 'ok')
  })

  test('a key of its own wording: the entry opens no plan, another, or one that is not folded', async ({
    assert,
  }) => {
    const draw = drawOf('a')
    assert.equal(await ask(draw, frozen(draw, null)), 'plan_identity')
    assert.equal(await ask(draw, frozen(draw, planOf('b'))), 'plan_identity')
    assert.equal(await ask(draw, frozen(draw, { ...planOf('a'), part: 'a' })), 'plan_identity')
    const claimed = { ...drawOf('a', planOf('a', 2)), round: 1 }
    assert.equal(await ask(claimed, frozen(claimed, planOf('a', 2))), 'plan_identity')
    const spare = { ...planOf('a'), title: '另一个名字' } as PlanIdentity
    assert.equal(await ask(draw, frozen(draw, spare)), 'plan_identity')
  })

  test('one plan in a spelling that reads the same is refused; another part of the permit is answered, and told of', async ({
    assert,
  }) => {
    const asked = async (plan: PlanIdentity) => {
      const folded = normalPlanIdentity(plan)
      const draw = { ...drawOf('x'), planKey: planKey(folded), round: folded.round }
      return ask(draw, frozen(draw, folded))
    }
    const plan = { permit: '450100-A12', categories: ['PIT', 'FORMWORK'], part: '三区3号楼', round: 1 }
    assert.equal(await asked(plan), 'ok')
    for (const part of ['三区三号楼', '3区3楼', '第三区（3号楼）', '③区3#楼', '三区·3号楼']) {
      assert.equal(await asked({ ...plan, part }), 'plan_looks_drawn', part)
    }
    assert.equal(await asked({ ...plan, permit: '450100А12' }), 'plan_looks_drawn')
    assert.equal(await asked({ ...plan, categories: ['FORM-WORK', 'PIT'] }), 'plan_looks_drawn')
    assert.notInclude(running.lines.join('\n'), 'LOOK')
    assert.equal(await asked({ ...plan, part: '四区' }), 'ok')
    assert.equal(await asked({ ...plan, categories: ['PIT'] }), 'ok')
    assert.equal(await asked({ ...plan, permit: '450100-A13' }), 'ok')
    const looks = running.lines.filter((line) => line.includes('LOOK'))
    assert.lengthOf(looks, 2)
    assert.include(looks[0]!, '四区')
  })

  test('a store of before rounds were bound goes on: its draws are answered again, and their second round is bound', async ({
    assert,
  }) => {
    const { draw } = await firstRound()
    await running.stop('SIGKILL')
    const path = join(directory, 'evaluations.jsonl')
    const drawId = drawInput(draw)
    const old = { kind: 'draw', drawId, planKey: draw.planKey, proof: '00'.repeat(80) }
    const [leaf] = ledger.hashes()
    const seen = { size: 1, root: toHex(leaf!), leafHash: toHex(leaf!), prev: '0'.repeat(64) }
    writeFileSync(path, `${canonicalJson({ ...old, ...seen })}\n`)
    const checkpoint = join(directory, 'checkpoint')
    writeFileSync(checkpoint, readFileSync(checkpoint, 'utf8').replace(/^\{.*\n/m, ''))
    running = await startWitness(directory, APP_SECRET, LOG_OPTIONS)
    const again = await client().evaluate(draw, claim(0))
    assert.equal(again.ok && again.value.proof, old.proof)
    assert.equal(await ask(second, frozen(second, planOf('a', 2))), 'round_before_missing')
    const reason = failed(draw)
    assert.equal(await ask(second, frozen(second, planOf('a', 2)), reason), 'ok')
  })
})
