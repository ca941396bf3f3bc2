import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { asReplica, enter, keptTables, until } from './support/log.js'

type Health = { ok: boolean; problems: { code: string; [parameter: string]: unknown }[] }

/**
 * Whoever owns the database winds it back, rewrites it, or loses what is kept apart from it. No checkpoint is signed
 * from then on, and everyone is told; when the cause is gone, it goes on by itself.
 */
test.group('Ledger: nothing is signed that does not extend what was signed', (group) => {
  let app: TestInstance
  group.setup(async () => {
    app = await testInstance()
    return () => app.stop()
  })
  group.each.timeout(120_000)

  const health = async () => (await (await fetch(`${app.url}/health`)).json()) as Health
  const checkpoint = () => fetch(`${app.url}/log/checkpoint`)
  /** Everything published and cosigned. */
  const settled = () =>
    until(async () => {
      const { rows } = await app.sql.query(
        'SELECT 1 FROM ledger_head h JOIN ledger_checkpoints c ON c.size = h.size AND c.cosigned WHERE h.size > 0'
      )
      return rows.length > 0 ? true : null
    })
  const stoppedBy = (code: string) =>
    until(async () => (await health()).problems.find((problem) => problem.code === code) ?? null)
  /** The app appends nothing that is behind; whoever owns the database can turn that off, and is found all the same. */
  const goOnRegardless = () =>
    app.sql.query(
      'ALTER TABLE ledger_head DISABLE TRIGGER ledger_head_behind; ALTER TABLE ledger_outbox DISABLE TRIGGER ledger_outbox_behind'
    )
  const goesOn = () => until(async () => ((await health()).ok ? true : null))

  test('a database wound back, with its checkpoints and all', async ({ assert }) => {
    await settled()
    const restore = await keptTables(app.sql)
    await enter(app, 2)
    await settled()
    await app.instance.stopApp()
    const forward = await keptTables(app.sql, 'later')
    await restore()
    await app.instance.startApp()
    const problem = await stoppedBy('ledger_rolled_back')
    assert.isBelow(Number(problem.size), Number(problem.signed))
    assert.equal((await fetch(`${app.url}/health`)).status, 503)
    assert.equal((await checkpoint()).status, 503)
    const outcome = await ace(app, 'ledger:export', join(app.instance.options.varDir, 'refused'))
    assert.isFalse(outcome.ok)
    assert.match(outcome.output, /ledger_rolled_back/)
    await app.instance.stopApp()
    await forward()
    await app.instance.startApp()
    await goesOn()
    assert.equal((await checkpoint()).status, 200)
  })

  test('a database wound back and gone on from: a fork', async ({ assert }) => {
    await settled()
    const restore = await keptTables(app.sql)
    await enter(app, 1)
    await settled()
    await app.instance.stopApp()
    const forward = await keptTables(app.sql, 'later')
    await restore()
    const apart = join(app.instance.options.varDir, 'ledger-head')
    renameSync(apart, `${apart}.kept`)
    cpSync(`${apart}.kept`, apart, { recursive: true })
    await app.instance.startApp()
    await stoppedBy('ledger_rolled_back')
    await goOnRegardless()
    await enter(app, 4)
    await stoppedBy('ledger_forked')
    const before = readdirSync(apart).length
    await new Promise((done) => setTimeout(done, 2500))
    assert.equal(readdirSync(apart).length, before)
    rmSync(apart, { recursive: true })
    renameSync(`${apart}.kept`, apart)
    await app.instance.stopApp()
    await forward()
    await app.instance.startApp()
    await goesOn()
  })

  test('entries that are not what was appended, before they were signed', async ({ assert }) => {
    await settled()
    await app.instance.stopApp()
    const restore = await keptTables(app.sql)
    const { rows } = await app.sql.query('SELECT size FROM ledger_head')
    const index = Number(rows[0].size)
    await asReplica(
      app.sql,
      `INSERT INTO ledger_entries SELECT ${index}, stream, seq + 100000, type, at, leaf, repeat('0', 64) FROM ledger_entries WHERE index = 5;
       UPDATE ledger_head SET size = size + 1`
    )
    await app.instance.startApp()
    const problem = await stoppedBy('entry_altered')
    assert.equal(problem.index, index)
    await app.instance.stopApp()
    await restore()
    await app.instance.startApp()
    await goesOn()
  })

  test('the head that is kept apart lost, wound back or damaged', async () => {
    await settled()
    await app.instance.stopApp()
    const apart = join(app.instance.options.varDir, 'ledger-head')
    cpSync(apart, `${apart}.kept`, { recursive: true })
    const files = readdirSync(apart)
      .filter((name) => name.startsWith('head-'))
      .sort()
    for (const [code, change] of [
      ['head_lost', () => rmSync(apart, { recursive: true })],
      ['head_rolled_back', () => rmSync(join(apart, files.at(-1)!))],
      ['head_unreadable', () => writeFileSync(join(apart, files.at(-1)!), '{}')],
    ] as const) {
      change()
      await app.instance.startApp()
      await stoppedBy(code)
      await app.instance.stopApp()
      rmSync(apart, { recursive: true, force: true })
      cpSync(`${apart}.kept`, apart, { recursive: true })
    }
    await app.instance.startApp()
    await goesOn()
  })

  test('everything of one’s own wound back: the witness knows better', async ({ assert }) => {
    await settled()
    await app.instance.stopApp()
    const apart = join(app.instance.options.varDir, 'ledger-head')
    const restore = await keptTables(app.sql)
    cpSync(apart, `${apart}.before`, { recursive: true })
    await app.instance.startApp()
    await enter(app, 3)
    await settled()
    await app.instance.stopApp()
    await restore()
    rmSync(apart, { recursive: true })
    renameSync(`${apart}.before`, apart)
    await app.instance.startApp()
    const problem = await stoppedBy('witness_ahead')
    assert.isAbove(Number(problem.seen), Number(problem.size))
    await goOnRegardless()
    await enter(app, 6)
    await stoppedBy('witness_saw_another_log')
  })
})
