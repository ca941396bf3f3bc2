import { test } from '@japa/runner'
import { fromHex } from '#lib/bytes'
import { verifyInclusion } from '#lib/merkle'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { asReplica, keptTables } from './support/log.js'

const WHY = ['--by=王立新 信息安全管理员', '--reason=个人信息保护法第四十七条，处理决定 2026-07']

test.group('Ledger: erasure', (group) => {
  let app: TestInstance
  let entry: { index: number; leaf_hash: string }
  group.setup(async () => {
    app = await testInstance({ witness: false })
    const { rows } = await app.sql.query(
      `SELECT e.index::int, e.leaf_hash FROM ledger_entries e JOIN ledger_payloads p USING (index)
       WHERE p.payload LIKE '%"table":"users"%' ORDER BY e.index LIMIT 1`
    )
    entry = rows[0]
    return () => app.stop()
  })
  group.each.timeout(60_000)

  const erase = (...args: string[]) => ace(app, 'ledger:erase', ...args)
  const verify = () => ace(app, 'ledger:verify')
  const size = async () => Number((await app.sql.query('SELECT size FROM ledger_head')).rows[0].size)

  test('nothing is erased without a reason, nor half of what was named', async ({ assert }) => {
    const before = await size()
    assert.match((await erase(String(entry.index), WHY[0]!, '--yes')).output, /--reason/)
    const half = await erase(String(entry.index), '999999999', ...WHY, '--yes')
    assert.match(half.output, /no_such_entry.*999999999/)
    assert.equal(await size(), before)
  })

  test('SEC-1: a payload goes, the log and everything proved from it stay', async ({ assert }) => {
    const before = await size()
    const outcome = await erase(String(entry.index), ...WHY, '--yes')
    assert.isTrue(outcome.ok, outcome.output)
    const { rows } = await app.sql.query('SELECT * FROM ledger_payloads WHERE index = $1', [entry.index])
    assert.deepInclude(rows[0], { salt: null, payload: null })
    const checked = await verify()
    assert.isTrue(checked.ok, checked.output)
    assert.match(checked.output, / 1 erased/)
    assert.equal(await size(), before + 1)
    const { root } = (await (await fetch(`${app.url}/api/ledger/head`)).json()) as { root: string }
    const proof = await fetch(`${app.url}/api/ledger/inclusion?index=${entry.index}&size=${before + 1}`)
    const { path } = (await proof.json()) as { path: string[] }
    const claim = {
      index: entry.index,
      size: before + 1,
      leaf: fromHex(entry.leaf_hash),
      root: fromHex(root),
    }
    assert.isTrue(verifyInclusion({ ...claim, proof: path.map(fromHex) }))
    const told = await app.sql.query(
      'SELECT e.type, p.payload FROM ledger_entries e JOIN ledger_payloads p USING (index) WHERE e.index = $1',
      [before]
    )
    assert.equal(told.rows[0].type, 'ledger.erased')
    const { by, reason, erased } = JSON.parse(told.rows[0].payload)
    assert.deepEqual([`--by=${by}`, `--reason=${reason}`], WHY)
    assert.deepInclude(erased[0], { index: entry.index, leafHash: entry.leaf_hash })
    assert.notMatch(told.rows[0].payload, /"set"/)
  })

  test('what tells of an erasure can’t be erased', async ({ assert }) => {
    assert.match((await erase(String((await size()) - 1), ...WHY, '--yes')).output, /entry_must_stay/)
  })

  for (const [name, sql, found] of [
    [
      'an erased salt without an entry that tells of it',
      `UPDATE ledger_payloads SET salt = NULL, payload = NULL, erased_at = now() WHERE index = 5`,
      /erasure_unlogged.*"index":5/,
    ],
    [
      'the entry that tells of the erasure taken away from its leaf',
      `UPDATE ledger_payloads SET payload = '{"erased":[]}' WHERE payload LIKE '%"erased":[%'`,
      /erasure_unlogged/,
    ],
    [
      'an older copy put back',
      `UPDATE ledger_payloads SET payload = '{}', salt = repeat('0', 64), erased_at = NULL WHERE erased_at IS NOT NULL`,
      /erasure_undone/,
    ],
  ] as const) {
    test(`DRAW-9: found: ${name}`, async ({ assert }) => {
      const restore = await keptTables(app.sql)
      await asReplica(app.sql, sql)
      const outcome = await verify()
      await restore()
      assert.isFalse(outcome.ok)
      assert.match(outcome.output, found)
    })
  }
})
