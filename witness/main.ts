/** The witness of draws, a process of its own, run by another organisation: see README.md beside this file. */
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { CheckpointCorrupt } from './checkpoint_store.ts'
import {
  applicationKeys,
  logKeys,
  OperatorError,
  registerApplication,
  registerLog,
  secretKeys,
} from './keys.ts'
import { HELP, readOptions } from './options.ts'
import { openStores } from './open_stores.ts'
import { witnessServer } from './server.ts'
import { onlyInstance } from './single_instance.ts'
import { StoreCorrupt } from './store.ts'
import { Witness } from './witness.ts'

/** Codes of the system that whoever starts the witness can do something about. */
const OF_THE_SYSTEM = [
  'EACCES',
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  'ENOTDIR',
  'EEXIST',
  'EROFS',
  'ENOSPC',
  'ENOTFOUND',
]

try {
  await main()
} catch (error) {
  console.error(isForTheOperator(error) ? `witness: ${(error as Error).message}` : error)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const read = readOptions(process.argv.slice(2))
  if (!read.ok) {
    console.error(`witness: ${read.error.message}\nwitness: --help lists the options`)
    process.exitCode = 2
    return
  }
  if (read.value === 'help') return console.log(HELP)
  const options = read.value
  mkdirSync(options.dir, { recursive: true, mode: 0o700 })
  await onlyInstance(options.dir)
  const keys = secretKeys(options.dir, options.name)
  if (options.appKey) registerApplication(options.dir, options.appKey)
  if (options.log) registerLog(options.dir, options.log)
  const applications = applicationKeys(options.dir)
  const logs = logKeys(options.dir)
  const stores = openStores(options.dir, keys.cosigner)
  const witness = new Witness(stores, keys, logs)
  const server = witnessServer(witness, applications, () => process.exit(1))
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { vrfKey, signingKey, cosignerKey, head } = witness.keys()
  console.log(`witness: vrf key ${vrfKey}`)
  console.log(`witness: signing key ${signingKey}`)
  console.log(`witness: cosigner key ${cosignerKey}`)
  const { count, last } = stores.evaluations.memory
  console.log(`witness: ${count} evaluations, last line ${last}, ledger seen up to ${head.size}`)
  if (applications.length === 0) console.log('witness: no application registered yet (--app-key)')
  if (logs.length === 0) console.log('witness: no ledger registered yet (--log)')
  console.log(`witness: ready http://${options.host}:${port}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close()
      server.closeAllConnections()
      stores.evaluations.close()
    })
  }
}

function isForTheOperator(error: unknown): boolean {
  if ([OperatorError, StoreCorrupt, CheckpointCorrupt].some((kind) => error instanceof kind)) return true
  return OF_THE_SYSTEM.includes((error as NodeJS.ErrnoException).code ?? '')
}
