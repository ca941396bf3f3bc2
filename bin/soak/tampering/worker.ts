/**
 * Tampers with the database of an installation, as its owner: `worker.ts SEED TRIALS MORE`. The log is made MORE
 * entries longer before. Prints one line TAMPERED with what was let through; how far it
 * is goes to standard error.
 */
import { bootApp } from '#bin/bench/support/boot_app'
import { seeded } from '#bin/bench/support/seeded'
import { missedBy, oneOf, type Random } from '#bin/soak/tampering/tampering'

const [seed, trials, more] = process.argv.slice(2).map(Number) as [number, number, number]
const app = await bootApp()
await import('#start/events')
const { default: db } = await import('@adonisjs/lucid/services/db')
const { verifyLedger, ledgerHead } = await import('#ledger/public')
const { lengthen } = await import('#bin/soak/tampering/made_log')
const { storedLog } = await import('#bin/soak/tampering/stored_log')
const { tamper } = await import('#bin/soak/tampering/tamper')
const { ENTRY_KINDS } = await import('#bin/soak/tampering/entry_kinds')
const { LOG_KINDS } = await import('#bin/soak/tampering/log_kinds')
const { ANCHOR_KINDS } = await import('#bin/soak/tampering/anchor_kinds')
const { ROW_KINDS } = await import('#bin/soak/tampering/row_kinds')

const KINDS = Object.entries({ ...ENTRY_KINDS, ...LOG_KINDS, ...ANCHOR_KINDS, ...ROW_KINDS })
/** A choice that changes nothing is made again; a kind that never changes anything is a mistake here. */
const TRIES = 200

await lengthen((await ledgerHead()).size, more)
await agrees('before')
const log = await db.transaction(storedLog)
const random = seeded(seed)
const missed: string[] = []
for (let trial = 0; trial < trials; trial++) {
  const [kind, make] = trial < KINDS.length ? KINDS[trial]! : oneOf(KINDS, random)
  const miss = await tried(make, random)
  if (miss) missed.push(`trial ${trial}, ${kind}: ${miss}`)
  if ((trial + 1) % 500 === 0) console.error(`${trial + 1} of ${trials}, ${missed.length} let through`)
}
await agrees('afterwards')
const rows = log.tables.reduce((sum, { ids }) => sum + ids.length, 0)
const what = `of ${KINDS.length} kinds with ${log.entries.length} entries and ${rows} rows of ${log.tables.length} tables`
console.log(`TAMPERED ${JSON.stringify({ what, trials, missed })}`)
await app.terminate()
process.exit(0)

async function tried(
  make: (given: typeof log, random: Random) => import('#bin/soak/tampering/tampering').Tampering,
  choose: Random
) {
  for (let tries = 0; tries < TRIES; tries++) {
    const tampering = make(log, choose)
    const findings = await tamper(tampering)
    if (!findings) continue
    const miss = missedBy(tampering.place, findings)
    return miss && `${tampering.what} at ${JSON.stringify(tampering.place).slice(0, 200)}: ${miss}`
  }
  return `nothing to tamper with in ${TRIES} choices`
}

async function agrees(when: string) {
  const { findings } = await verifyLedger()
  if (findings.length > 0) throw new Error(`${when}: ${JSON.stringify(findings.slice(0, 5))}`)
}
