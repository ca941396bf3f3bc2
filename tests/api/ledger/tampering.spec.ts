import { test } from '@japa/runner'
import { tamperBy, tamperWith } from '#bin/soak/tamperings'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { until } from './support/log.js'

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
    found: /entry_rewritten.*"index":5/,
  },
  {
    name: 'payload, leaf and hash are made anew, and fit',
    sql: `UPDATE ledger_payloads SET payload = regexp_replace(payload, '}$', ',"z":1}') WHERE index = 5;
          UPDATE ledger_entries e SET leaf = regexp_replace(leaf, '"commit":"[0-9a-f]+', '"commit":"' ||
            encode(sha256(decode(salt, 'hex') || convert_to(payload, 'UTF8')), 'hex'))
            FROM ledger_payloads p WHERE e.index = 5 AND p.index = 5;
          UPDATE ledger_entries SET leaf_hash = encode(sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')), 'hex') WHERE index = 5`,
    found: /entry_rewritten.*"index":5/,
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
    found: /entry_missing[^]*head_differs/,
  },
  {
    name: 'the end of a stream is forgotten',
    sql: `UPDATE ledger_streams SET closed = NOT closed WHERE stream = (SELECT stream FROM ledger_entries WHERE index = 5)`,
    found: /stream_head_differs/,
  },
  {
    name: 'a checkpoint that was let out is taken away',
    sql: `DELETE FROM ledger_checkpoints WHERE size = (SELECT max(size) FROM ledger_checkpoints)`,
    found: /checkpoint_missing/,
  },
  {
    name: 'two entries change places',
    sql: `UPDATE ledger_payloads SET index = 100005 WHERE index = 5; UPDATE ledger_entries SET index = -1 WHERE index = 5;
          UPDATE ledger_entries SET index = 5 WHERE index = 6; UPDATE ledger_entries SET index = 6 WHERE index = -1`,
    found: /(entry_rewritten|stream_broken).*"index":5/,
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
  let findings: Map<string, string>
  group.setup(async () => {
    app = await testInstance({ witness: false })
    // What was signed, and what is kept apart of it, are among the detectors.
    await until(async () => {
      const { rows } = await app.sql.query(
        'SELECT 1 FROM ledger_checkpoints WHERE size = (SELECT count(*) FROM ledger_entries)'
      )
      return rows[0] ?? null
    })
    await app.instance.stopApp()
    const found = await tamperBy(
      app.instance,
      TAMPERINGS.map(({ sql }) => sql)
    )
    findings = new Map(TAMPERINGS.map(({ name }, i) => [name, JSON.stringify(found[i])]))
    return () => app.stop()
  })
  group.each.timeout(120_000)

  test('DRAW-9: nothing tampered with, nothing found', async ({ assert }) => {
    const outcome = await ace(app, 'ledger:verify')
    assert.isTrue(outcome.ok, outcome.output)
    assert.match(outcome.output, /Ledger and tables agree/)
  })

  for (const { name, found } of TAMPERINGS) {
    test(`DRAW-9: found when ${name}`, ({ assert }) => {
      assert.match(findings.get(name)!, found)
    })
  }

  test('DRAW-9: the command names what it found, and fails', async ({ assert }) => {
    await app.sql.query("UPDATE users SET name = '冒名者' WHERE name = '覃丽娟'")
    const outcome = await ace(app, 'ledger:verify')
    await app.sql.query("UPDATE users SET name = '覃丽娟' WHERE name = '冒名者'")
    assert.isFalse(outcome.ok)
    assert.match(outcome.output, /row_differs.*users.*name/)
  })

  test('DRAW-9: of a seeded sample of every kind none is missed, and the first place that is wrong is named', async ({
    assert,
  }) => {
    const { trials, missed } = await tamperWith(app.instance, { seed: 20_260_313, trials: 150, more: 260 })
    assert.equal(trials, 150)
    assert.deepEqual(missed, [])
  })

  test('not even the owner by an ordinary statement', async ({ assert }) => {
    await assert.rejects(() => app.sql.query('DELETE FROM ledger_entries'), /can only be inserted into/)
  })
})
