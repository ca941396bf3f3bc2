/** The witness of draws, a process of its own, run by another organisation: see README.md beside this file. */
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { CheckpointCorrupt } from './checkpoint_store.ts'
import {
  applicationKeys,
  logKeys,
  OperatorError,
  registerApplication,
  registerLog,
  secretKeys,
} from './keys.ts'
import { openStores } from './open_stores.ts'
import { witnessServer } from './server.ts'
import { onlyInstance } from './single_instance.ts'
import { StoreCorrupt } from './store.ts'
import { Witness } from './witness.ts'

const HELP = `usage: witness/main.ts --dir DIR [--port N] [--host ADDRESS] [--name NAME] [--app-key KEY] [--log KEY]
  --dir      folder of keys and store, made on the first run
  --port     port to listen on, 0 for any free one (default 0)
  --host     address to listen on (default 127.0.0.1)
  --name     what this witness calls itself in cosignatures, for ever; read on the first run
  --app-key  lets an application ask from now on: its Ed25519 public key in hex, or a file that holds it
  --log      cosigns for this ledger from now on: its verifier key (name+id+base64), or a file that holds it`

try {
  await main()
} catch (error) {
  const expected = [OperatorError, StoreCorrupt, CheckpointCorrupt].some((kind) => error instanceof kind)
  console.error(expected ? `witness: ${(error as Error).message}` : error)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const options = readOptions()
  if (!options) return
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

type Options = {
  dir: string
  port: number
  host: string
  name?: string | undefined
  appKey?: string | undefined
  log?: string | undefined
}

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      name: { type: 'string' },
      'app-key': { type: 'string' },
      log: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help || !values.dir || !/^\d{1,5}$/.test(values.port)) {
    console.log(HELP)
    process.exitCode = values.help ? 0 : 2
    return undefined
  }
  const { dir, port, host, name, log } = values
  return { dir, port: Number(port), host, name, appKey: values['app-key'], log }
}
