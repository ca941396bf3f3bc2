import env from '#start/env'
import type { SignerKey } from '#lib/tlog/keys'
import { Checkpointer } from '#ledger/checkpoints/checkpointer'
import { HeadStore } from '#ledger/checkpoints/head_store'
import { logKey } from '#ledger/checkpoints/log_key'
import { pinLogKey } from '#ledger/checkpoints/witness'

let known: { key: SignerKey; store: HeadStore; checkpointer: Checkpointer } | null = null

function own() {
  if (known) return known
  const varDir = env.get('VAR_DIR')
  const key = logKey(varDir, { origin: env.get('LEDGER_ORIGIN'), publicUrl: env.get('PUBLIC_URL') })
  pinLogKey(key)
  const store = new HeadStore(varDir, key)
  known = { key, store, checkpointer: new Checkpointer(key, store) }
  return known
}

export function ownLogKey(): SignerKey {
  return own().key
}

export function ownCheckpointer(): Checkpointer {
  return own().checkpointer
}

export function ownHeadStore(): HeadStore {
  return own().store
}
