import { join } from 'node:path'
import type { VerifierKey } from '../lib/tlog/keys.ts'
import { CheckpointStore } from './checkpoint_store.ts'
import { OperatorError } from './keys.ts'
import { Store } from './store.ts'

export type Stores = { readonly evaluations: Store; readonly checkpoints: CheckpointStore }

/** Both files, held against each other. @throws what stops the start. */
export function openStores(directory: string, key: VerifierKey): Stores {
  const checkpoints = new CheckpointStore(join(directory, 'checkpoint'), key)
  const kept = checkpoints.latest ? checkpoints.memory : null
  const evaluations = new Store(join(directory, 'evaluations.jsonl'), kept)
  const { count, last } = evaluations.memory
  if (!checkpoints.latest && count > 0) {
    throw new OperatorError(
      `checkpoint_missing: the file checkpoint is gone, and evaluations.jsonl holds ${count}`
    )
  }
  const isRemembered = checkpoints.memory?.count === count && checkpoints.memory.last === last
  if (!isRemembered) checkpoints.remember(evaluations.memory)
  return { evaluations, checkpoints }
}
