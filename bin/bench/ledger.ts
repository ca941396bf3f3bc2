/** Transactions a second with their ledger entry, inline and by the outbox, beside the same without: 16 clients. */
import { bootApp } from '#bin/bench/support/boot_app'
import { report } from '#bin/bench/support/figures'

const CLIENTS = 16
const SECONDS = 6

const app = await bootApp()
await import('#start/events')
const { default: db } = await import('@adonisjs/lucid/services/db')
const { default: env } = await import('#start/env')
const { record, sequenced } = await import('#ledger/public')
const { newId } = await import('#core/ids')
const { SYSTEM_ACTOR } = await import('#core/actor')

const row = () => ({
  id: newId(),
  name: `机构 ${newId()}`,
  kind: 'employer',
  group_name: null,
  created_at: new Date(),
})

/** `end`: what has to be done before the clock stops, since the transactions left it to be done. */
async function perSecond(transaction: () => Promise<unknown>, end = async () => {}): Promise<number> {
  let done = 0
  const until = performance.now() + SECONDS * 1000
  const client = async () => {
    while (performance.now() < until) {
      await transaction()
      done += 1
    }
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: CLIENTS }, client))
  await end()
  return done / ((performance.now() - from) / 1000)
}

const bare = () => db.transaction((trx) => trx.table('organisations').insert(row()))
const ledgered = () =>
  record(SYSTEM_ACTOR, async (unit) => {
    await unit.insert('organisations', row())
    unit.entry({ stream: 'bench', type: 'organisation.created', payload: {} })
  })

await perSecond(ledgered)
const without = await perSecond(bare)
const withEntry = await perSecond(ledgered)
env.set('LEDGER_MODE', 'outbox')
await perSecond(ledgered, sequenced)
const withOutbox = await perSecond(ledgered, sequenced)
report([
  {
    what: `audited transactions a second, inline, ${CLIENTS} clients`,
    ours: `${withEntry.toFixed(0)} /s`,
    beside: `${without.toFixed(0)} /s without its entry`,
    ratio: withEntry / without,
    ratioMeans: 'share of the bare rate',
  },
  {
    what: 'the same by the outbox, until the last one is in the log',
    ours: `${withOutbox.toFixed(0)} /s`,
    beside: `${without.toFixed(0)} /s without its entry`,
    ratio: withOutbox / without,
    ratioMeans: 'share of the bare rate',
  },
])
await app.terminate()
process.exit(0)
