import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type pg from 'pg'
import { toBase64 } from '#lib/bytes'
import { createRequest } from '#lib/pki/certificate_request'
import { generateKeys } from '#lib/pki/keys'
import type { TestInstance } from '#tests/support/cluster'
import { signIn } from '#tests/support/person'

/** Makes the log longer by a person's doing: each certificate is at least one entry. */
export async function enter(app: TestInstance, times = 1): Promise<void> {
  const person = await signIn(app.url, '19900000001')
  for (let i = 0; i < times; i++) {
    const request = toBase64(await createRequest(await generateKeys(false), { commonName: 'x' }))
    const { status } = await person.press('/api/certificates', { request, password: 'lunzheng-2026' })
    if (status !== 200) throw new Error(`certificate: ${status}`)
  }
}

/** Asks until there is an answer. */
export async function until<T>(ask: () => Promise<T | null>, seconds = 20): Promise<T> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    const answer = await ask()
    if (answer !== null) return answer
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`Nothing within ${seconds} s`)
}

/** Paths of all files below a folder, in a fixed order. */
export function everyFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => relative(folder, join(folder, name)))
    .sort()
}

export function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at]! ^= 1
  writeFileSync(path, bytes)
}

/** Triggers and foreign keys are the first thing that whoever owns the database would turn off. */
export async function asReplica(pool: pg.Pool, sql: string): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`)
  } finally {
    client.release()
  }
}

/** Copies every table; what is returned puts them back as they were, as a restored backup would. */
export async function keptTables(pool: pg.Pool, name = 'kept'): Promise<() => Promise<void>> {
  const { rows } = await pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
  const tables = rows.map((row) => row.tablename as string)
  await pool.query(`DROP SCHEMA IF EXISTS ${name} CASCADE; CREATE SCHEMA ${name}`)
  for (const table of tables) await pool.query(`CREATE TABLE ${name}."${table}" AS TABLE public."${table}"`)
  const back = (table: string) =>
    `DELETE FROM public."${table}"; INSERT INTO public."${table}" SELECT * FROM ${name}."${table}"`
  return () => asReplica(pool, `${tables.map(back).join(';')}`)
}
