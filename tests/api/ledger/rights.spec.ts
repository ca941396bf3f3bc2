import { test } from '@japa/runner'
import pg from 'pg'
import { testInstance, type TestInstance } from '#tests/support/cluster'

const REFUSED = /permission denied|must be owner|only be inserted|only grows|can be erased/

const ONCE = ['ledger_entries', 'ledger_payloads', 'ledger_checkpoints', 'ledger_timestamps']

/** Whoever gets at the app's password, or slips SQL into it, still can't rewrite the log. */
test.group('Ledger: rights of the database roles', (group) => {
  let app: TestInstance
  group.setup(async () => {
    app = await testInstance({ witness: false, start: false })
    return () => app.stop()
  })

  const as = async (url: string, work: (client: pg.Client) => Promise<void>) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await work(client).finally(() => client.end())
  }

  test('DRAW-9: the app’s role can insert into the log and nothing else', async ({ assert }) => {
    await as(app.instance.access.app, async (client) => {
      const refused = async (sql: string) => {
        const error = await client.query(sql).then(
          () => null,
          (failed: Error) => failed.message
        )
        assert.match(error ?? 'done', REFUSED, sql)
      }
      for (const table of ONCE) {
        const { rows } = await client.query(`SELECT * FROM ${table} LIMIT 1`)
        for (const column of Object.keys(rows[0] ?? { size: 1 }))
          await refused(`UPDATE ${table} SET ${column} = ${column}`)
        await refused(`DELETE FROM ${table}`)
      }
      for (const table of [...ONCE, 'ledger_head', 'ledger_streams', 'ledger_nodes', 'ledger_standing']) {
        await refused(`TRUNCATE ${table} CASCADE`)
        await refused(`DROP TABLE ${table} CASCADE`)
        await refused(`ALTER TABLE ${table} DISABLE TRIGGER ALL`)
        await refused(`ALTER TABLE ${table} ADD COLUMN other text`)
        await refused(`ALTER TABLE ${table} OWNER TO CURRENT_USER`)
        await refused(`CREATE TRIGGER t BEFORE INSERT ON ${table} EXECUTE FUNCTION ledger_refuse()`)
        await refused(`CREATE RULE r AS ON INSERT TO ${table} DO INSTEAD NOTHING`)
      }
      for (const sql of [
        'DELETE FROM ledger_head',
        'DELETE FROM ledger_streams',
        'UPDATE ledger_head SET size = size - 1',
        "UPDATE ledger_head SET root = repeat('0', 64)",
        'UPDATE ledger_streams SET seq = seq - 1',
        'SET session_replication_role = replica',
        'DROP FUNCTION ledger_refuse CASCADE',
        'CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE sql AS $$ SELECT NULL $$',
        'CREATE TABLE mine (x int)',
        'CREATE ROLE other SUPERUSER',
        'GRANT lunzheng_eraser TO lunzheng_app',
        'ALTER ROLE lunzheng_app SUPERUSER',
        'SET ROLE lunzheng_eraser',
        'SET ROLE lunzheng_owner',
        'DELETE FROM adonis_schema',
        "COPY ledger_entries TO PROGRAM 'cat'",
      ])
        await refused(sql)
      const { rows } = await client.query(
        `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = CURRENT_USER`
      )
      assert.isEmpty(rows)
    })
  })

  test('the app finds no other role’s password in its environment', ({ assert }) => {
    const { environment, access } = app.instance
    const values = Object.values(environment)
    assert.notInclude(values, access.owner)
    assert.notInclude(values, access.eraser!)
    assert.include(values, access.app)
  })

  test('the eraser’s role takes payloads away, and puts none in their place', async ({ assert }) => {
    await as(app.instance.access.eraser!, async (client) => {
      for (const sql of [
        "UPDATE ledger_payloads SET payload = '{}', erased_at = now() WHERE index = 3",
        'UPDATE ledger_payloads SET payload = NULL WHERE index = 3',
        'UPDATE ledger_payloads SET index = 100000 WHERE index = 3',
        'DELETE FROM ledger_payloads WHERE index = 3',
        'UPDATE ledger_entries SET leaf = leaf',
        "UPDATE users SET name = 'x'",
        'ALTER TABLE ledger_payloads DISABLE TRIGGER ALL',
      ])
        await assert.rejects(() => client.query(sql), REFUSED)
      await client.query(
        'BEGIN; UPDATE ledger_payloads SET salt = NULL, payload = NULL, erased_at = now() WHERE index = 3; ROLLBACK'
      )
    })
  })
})
