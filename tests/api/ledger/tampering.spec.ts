import { test } from '@japa/runner'
import type pg from 'pg'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'

interface Tampering {
  readonly name: string
  readonly sql: string
  readonly found: RegExp
}

/** What somebody with the database owner's password could try. Entry 5 is in the middle of the seeded log. */
const TAMPERINGS: readonly Tampering[] = [
  {
    name: 'a payload is edited',
    sql: `UPDATE ledger_payloads SET payload = replace(payload, '"type"', '"typo"') || ' ' WHERE index = 5`,
    found: /payload_altered.*"index":5/,
  },
  {
    name: 'a payload is removed without an erasure on record',
    sql: `UPDATE ledger_payloads SET payload = NULL, salt = NULL WHERE index = 5`,
    found: /payload_missing.*"index":5/,
  },
  {
    name: 'a leaf is edited, its hash is not',
    sql: `UPDATE ledger_entries SET leaf = replace(leaf, '"v":1', '"v":2') WHERE index = 5`,
    found: /leaf_altered.*"index":5/,
  },
  {
    name: 'a leaf is edited with its hash',
    sql: `UPDATE ledger_entries SET leaf = l.leaf, leaf_hash = encode(sha256('\\x00'::bytea || convert_to(l.leaf, 'UTF8')), 'hex')
          FROM (SELECT regexp_replace(leaf, '"commit":"....', '"commit":"0000') AS leaf FROM ledger_entries WHERE index = 5) l
          WHERE index = 5`,
    found: /payload_altered.*"index":5/,
  },
  {
    name: 'an entry is back-dated in its column',
    sql: `UPDATE ledger_entries SET at = at - interval '1 day' WHERE index = 5`,
    found: /columns_differ.*"index":5/,
  },
  {
    name: 'an entry in the middle is deleted',
    sql: `DELETE FROM ledger_payloads WHERE index = 5; DELETE FROM ledger_entries WHERE index = 5`,
    found: /index_gap.*"index":5/,
  },
  {
    name: 'the tail is deleted',
    sql: `DELETE FROM ledger_payloads WHERE index = (SELECT max(index) FROM ledger_entries);
          DELETE FROM ledger_entries WHERE index = (SELECT max(index) FROM ledger_entries)`,
    found: /head_differs/,
  },
  {
    name: 'two entries change places',
    sql: `UPDATE ledger_payloads SET index = 100005 WHERE index = 5; UPDATE ledger_entries SET index = -1 WHERE index = 5;
          UPDATE ledger_entries SET index = 5 WHERE index = 6; UPDATE ledger_entries SET index = 6 WHERE index = -1`,
    found: /(payload_altered|payload_missing|stream_broken|columns_differ).*"index":5/,
  },
  {
    name: 'a row of a table is changed',
    sql: `UPDATE users SET name = '冒名者' WHERE name = '覃丽娟'`,
    found: /row_differs.*users.*name/,
  },
  {
    name: 'a row is slipped in',
    sql: `INSERT INTO organisations VALUES ('00000000-0000-7000-8000-000000000001', '影子公司', 'agency', NULL, now())`,
    found: /row_unlogged.*organisations/,
  },
  {
    name: 'a row is taken away',
    sql: `DELETE FROM memberships WHERE kind = 'surveyor'`,
    found: /row_missing.*memberships/,
  },
]

test.group('Ledger: tampering by SQL', (group) => {
  let app: TestInstance
  group.setup(async () => {
    app = await testInstance({ witness: false })
    await app.instance.stopApp()
    return () => app.stop()
  })
  group.each.timeout(60_000)

  test('DRAW-9: nothing tampered with, nothing found', async ({ assert }) => {
    const outcome = await ace(app, 'ledger:verify')
    assert.isTrue(outcome.ok, outcome.output)
    assert.match(outcome.output, /Ledger and tables agree/)
  })

  for (const { name, sql, found } of TAMPERINGS) {
    test(`DRAW-9: found when ${name}`, async ({ assert }) => {
      const undo = await snapshot(app.sql)
      await asReplica(app.sql, sql)
      const outcome = await ace(app, 'ledger:verify')
      await undo()
      assert.isFalse(outcome.ok)
      assert.match(outcome.output, found)
    })
  }

  test('not even the owner by an ordinary statement', async ({ assert }) => {
    await assert.rejects(() => app.sql.query('DELETE FROM ledger_entries'), /can only be inserted into/)
  })
})

const TABLES = ['ledger_entries', 'ledger_payloads', 'ledger_head', 'users', 'organisations', 'memberships']

/** Triggers and foreign keys are the first thing that such a person would turn off. */
async function asReplica(pool: pg.Pool, sql: string): Promise<void> {
  const client = await pool.connect()
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`)
  client.release()
}

async function snapshot(pool: pg.Pool): Promise<() => Promise<void>> {
  for (const table of TABLES)
    await pool.query(`DROP TABLE IF EXISTS keep_${table}; CREATE TABLE keep_${table} AS TABLE ${table}`)
  return () =>
    asReplica(
      pool,
      TABLES.map(
        (table) =>
          `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM keep_${table}; DROP TABLE keep_${table}`
      ).join(';')
    )
}
