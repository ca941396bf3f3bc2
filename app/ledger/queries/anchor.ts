import db from '@adonisjs/lucid/services/db'
import { formatProof } from '#lib/tlog/proof'
import { ownCheckpointer } from '#ledger/checkpoints/own_log'
import { storedTree } from '#ledger/queries/stored_tree'

export interface Anchor {
  /** Size of the tree. */
  readonly size: number
  /** C2SP tlog-proof. */
  readonly proof: string
}

const WAIT_MS = 4000
const PAUSE_MS = 40

/**
 * The proof that leads from an entry to the first checkpoint above it that the witness cosigned: the same whenever it
 * is asked for. One that was just written is cosigned now. Null when the witness can't be had.
 */
export async function anchorOf(index: number): Promise<Anchor | null> {
  const until = performance.now() + WAIT_MS
  for (;;) {
    const row = await firstCosignedAbove(index)
    if (row) return anchor(index, row)
    const round = await ownCheckpointer().round()
    const hopeless = round.code === 'stopped' || (round.code === 'standing' && !round.cosigned)
    if (hopeless || performance.now() > until) return null
    if (round.code === 'busy') await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
}

async function firstCosignedAbove(index: number) {
  const row = await db
    .from('ledger_checkpoints')
    .where('cosigned', true)
    .where('size', '>', index)
    .orderBy('size')
    .first()
  return row as { size: string; note: string } | null
}

async function anchor(index: number, { size: text, note }: { size: string; note: string }): Promise<Anchor> {
  const size = Number(text)
  const path = await storedTree(size).inclusion(index)
  return { size, proof: formatProof({ index, path, checkpoint: note }) }
}
