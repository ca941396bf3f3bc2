/** Carries out the tamperings that standard input lists (JSON, SQL texts), each by itself; one line FOUND with what came of each. */
import { text } from 'node:stream/consumers'
import { bootApp } from '#bin/bench/support/boot_app'

const given = JSON.parse(await text(process.stdin)) as string[]
const app = await bootApp()
await import('#start/events')
const { tamper } = await import('#bin/soak/tampering/tamper')

const found = []
for (const sql of given)
  found.push(await tamper({ what: sql, place: { index: -1 }, statements: [[sql]], table: 'ledger_entries' }))
console.log(`FOUND ${JSON.stringify(found)}`)
await app.terminate()
process.exit(0)
