import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { SCHEMA_TABLES, type BackupManifest } from '#bin/backup/format'
import { whyNotToGoOn, type SignedHead } from '#bin/backup/standing'

const ROWS = 500

/**
 * Puts every row back, in one transaction: all of the backup, or nothing of it. Where the log that was signed goes
 * further, nothing can be appended until somebody has declared what happened.
 */
export async function loadTables(
  ownerUrl: string,
  directory: string,
  { tables, ledger }: BackupManifest,
  signed: SignedHead
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    // The log's triggers and foreign keys hold for the app; whoever restores puts whole tables in their place.
    await client.query('SET LOCAL session_replication_role = replica')
    const names = Object.keys(tables).filter((name) => !SCHEMA_TABLES.includes(name))
    await client.query(`TRUNCATE ${names.map((name) => `"${name}"`).join(', ')}`)
    for (const name of names) await loadTable(client, name, join(directory, `${name}.ndjson.gz`))
    if (whyNotToGoOn(signed, ledger)) {
      const problem = { code: 'ledger_rolled_back', size: ledger.size, signed: signed?.size ?? null }
      await client.query('UPDATE ledger_head SET behind = $1', [JSON.stringify(problem)])
    }
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

async function loadTable(client: pg.Client, table: string, path: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity })
  let batch: string[] = []
  const flush = async () => {
    if (batch.length === 0) return
    await client.query(
      `INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1::json)`,
      [`[${batch.join(',')}]`]
    )
    batch = []
  }
  for await (const line of lines) {
    batch.push(line)
    if (batch.length === ROWS) await flush()
  }
  await flush()
}
