/** A log of a million entries: an inclusion proof beside reading one row, the whole verification beside raw SHA-256. */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bootApp } from '#bin/bench/support/boot_app'
import { besideEachOther, ms, percentile, report } from '#bin/bench/support/figures'
import { longLog } from '#bin/bench/support/long_log'
import { seeded } from '#bin/bench/support/seeded'
import { Instance } from '#bin/platform/instance'

const ENTRIES = Number(process.env.BENCH_ENTRIES ?? 1_000_000)
const PROOFS = 300
const BATCH = 5000

const directory = join(process.env.BENCH_DIR!, 'ledger_million')
mkdirSync(directory, { mode: 0o755 })
const instance = await Instance.prepare({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  varDir: directory,
  demo: false,
  witness: false,
  environment: { LOG_LEVEL: 'fatal', MEDIA: 'off' },
})
Object.assign(process.env, instance.environment)
const app = await bootApp()
await import('#start/events')
const { default: db } = await import('@adonisjs/lucid/services/db')
const { ownCheckpointer, proveInclusion, verifyLedger } = await import('#ledger/public')

const log = longLog(ENTRIES)
for (const rows of log.batches(BATCH)) {
  await db.rawQuery(
    `WITH given AS MATERIALIZED (
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS g(index bigint, stream text, seq integer, type text, at timestamptz,
         leaf text, leaf_hash text, salt text, payload text)
     ), payloads AS (INSERT INTO ledger_payloads (index, salt, payload) SELECT index, salt, payload FROM given)
     INSERT INTO ledger_entries (index, stream, seq, type, at, leaf, leaf_hash)
     SELECT index, stream, seq, type, at, leaf, leaf_hash FROM given`,
    [JSON.stringify(rows)]
  )
}
await db.rawQuery(
  `INSERT INTO ledger_streams (stream, seq, prev, closed)
   SELECT * FROM jsonb_to_recordset(?::jsonb) AS s(stream text, seq integer, prev text, closed boolean)`,
  [JSON.stringify(log.streams())]
)
const { size, nodes, root } = log.head()
await db.rawQuery('UPDATE ledger_head SET size = ?, frontier = ?::jsonb, root = ?', [
  size,
  JSON.stringify(nodes),
  root,
])
const signed = await ownCheckpointer().round()
if (signed.code !== 'standing' || signed.size !== ENTRIES) throw new Error(JSON.stringify(signed))

const random = seeded(20_260_313)
const [proofs, reads] = await besideEachOther(PROOFS, [
  () => proveInclusion(random(ENTRIES), ENTRIES),
  () => db.from('ledger_entries').where('index', random(ENTRIES)).first(),
])
const from = performance.now()
const verdict = await verifyLedger()
const verified = performance.now() - from
if (verdict.findings.length > 0 || verdict.size !== ENTRIES)
  throw new Error(JSON.stringify(verdict.findings.slice(0, 3)))
const raw = await rawSha256()
report([
  {
    what: `inclusion proof in a log of ${ENTRIES.toLocaleString('en')} entries`,
    ours: `${ms(percentile(proofs!, 0.5))}, p95 ${ms(percentile(proofs!, 0.95))}`,
    beside: `${ms(percentile(reads!, 0.5))}: one row read by its key`,
    ratio: percentile(proofs!, 0.5) / percentile(reads!, 0.5),
    ratioMeans: 'times its time, medians',
  },
  {
    what: `full verification of ${ENTRIES.toLocaleString('en')} entries, ${(raw.bytes / 1e6).toFixed(0)} MB`,
    ours: `${(verified / 1000).toFixed(1)} s, ${((verified * 1000) / ENTRIES).toFixed(1)} µs an entry`,
    beside: `${raw.seconds.toFixed(2)} s: SHA-256 of the same bytes`,
    ratio: verified / 1000 / raw.seconds,
    ratioMeans: 'times its time',
  },
])
await app.terminate()
await instance.stop()
process.exit(0)

/** Every leaf, salt and payload once, from memory, a batch at a time: what hashing alone costs. */
async function rawSha256(): Promise<{ bytes: number; seconds: number }> {
  const hash = createHash('sha256')
  let [bytes, seconds] = [0, 0]
  for (let index = 0; index < ENTRIES; index += BATCH) {
    const { rows } = await db.rawQuery(
      `SELECT string_agg(leaf || p.salt || p.payload, '') AS text FROM ledger_entries JOIN ledger_payloads p USING (index)
       WHERE index >= ? AND index < ?`,
      [index, index + BATCH]
    )
    const batch = Buffer.from(rows[0].text, 'utf8')
    const start = performance.now()
    hash.update(batch)
    seconds += (performance.now() - start) / 1000
    bytes += batch.length
  }
  hash.digest()
  return { bytes, seconds }
}
