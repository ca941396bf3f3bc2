import { createWriteStream, mkdirSync } from 'node:fs'
import { copyFile, readdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { KEYS, LEFT_OUT, SCHEMA_TABLES, type BackupManifest } from '#bin/backup/format'
import { sha256OfFile } from '#bin/backup/sha256'

const ROWS = 500

type Dumped = Pick<BackupManifest, 'migrations' | 'ledger' | 'tables'>

/** Every table from one moment of the database, beside a running app. */
export async function dumpTables(ownerUrl: string, directory: string): Promise<Dumped> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows } = await client.query(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    )
    const tables: Record<string, { rows: number; sha256: string }> = {}
    for (const { tablename } of rows)
      if (!SCHEMA_TABLES.includes(tablename))
        tables[tablename] = await dumpTable(client, tablename, join(directory, `${tablename}.ndjson.gz`))
    const head = await client.query('SELECT size, root FROM ledger_head')
    const done = await client.query('SELECT name FROM adonis_schema ORDER BY name')
    return {
      migrations: done.rows.map(({ name }) => name as string),
      ledger: { size: Number(head.rows[0].size), root: head.rows[0].root },
      tables,
    }
  } finally {
    await client.end()
  }
}

async function dumpTable(client: pg.Client, table: string, path: string) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let count = 0
  async function* lines() {
    await client.query(
      `DECLARE dump NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS row FROM "${table}" t`
    )
    for (;;) {
      const { rows } = await client.query(`FETCH ${ROWS} FROM dump`)
      if (rows.length === 0) break
      count += rows.length
      yield rows.map(({ row }) => `${row}\n`).join('')
    }
    await client.query('CLOSE dump')
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(path, { mode: 0o600 }))
  return { rows: count, sha256: await sha256OfFile(path) }
}

/** Files after tables: what a row names is written before the row, so all of it is there. */
export async function copyFiles(
  varDir: string,
  directory: string,
  withKeys: boolean
): Promise<Record<string, string>> {
  const leftOut = withKeys ? LEFT_OUT : [...LEFT_OUT, KEYS]
  const hashes: Record<string, string> = {}
  for (const entry of await readdir(varDir, { withFileTypes: true })) {
    if (leftOut.includes(entry.name)) continue
    const found = entry.isDirectory()
      ? await readdir(join(varDir, entry.name), { recursive: true, withFileTypes: true })
      : [entry]
    for (const file of found.filter((one) => one.isFile() && !one.name.endsWith('.part'))) {
      const source = join(file.parentPath, file.name)
      const path = relative(varDir, source)
      mkdirSync(dirname(join(directory, path)), { recursive: true, mode: 0o700 })
      await copyFile(source, join(directory, path))
      hashes[path] = await sha256OfFile(join(directory, path))
    }
  }
  return hashes
}
