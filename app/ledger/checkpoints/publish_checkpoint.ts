import db from '@adonisjs/lucid/services/db'
import { toHex } from '#lib/bytes'
import { rootOf } from '#lib/merkle'
import { formatCheckpoint } from '#lib/tlog/checkpoint'
import type { SignerKey } from '#lib/tlog/keys'
import { formatNote } from '#lib/tlog/note'
import { signNote } from '#lib/tlog/sign_note'
import { fail, ok, type Result } from '#lib/result'
import { HeadUnreadable, type HeadStore, type KeptHead } from '#ledger/checkpoints/head_store'
import { extendHead } from '#ledger/checkpoints/extend_head'
import { microseconds } from '#ledger/checkpoints/kept_notes'
import { headProblem, type LedgerProblem } from '#ledger/domain/ledger_problem'
import { latestCheckpoint } from '#ledger/queries/checkpoints'
import { ledgerHead } from '#ledger/queries/ledger_head'

/**
 * Signs the log as it stands, if it extends what was signed before. The new head is on the disk before anybody
 * sees the signature, so that no crash makes this log forget what it has said. The caller keeps others out.
 */
export async function signHead(key: SignerKey, store: HeadStore): Promise<Result<KeptHead, LedgerProblem>> {
  const kept = latestKept(store)
  if (!kept.ok) return kept
  const signed = { size: kept.value.frontier.size, root: toHex(rootOf(kept.value.frontier)) }
  const [published, stored] = await Promise.all([latestCheckpoint(), ledgerHead()])
  const problem = headProblem(signed, published, stored)
  if (problem) return fail(problem)
  if (stored.size === signed.size) return kept
  const extended = await extendHead(kept.value.frontier, stored)
  if (!extended.ok) return extended
  const { frontier, leaves } = extended.value
  const text = formatCheckpoint({ origin: key.name, size: stored.size, root: rootOf(frontier) })
  const note = formatNote({ text, signatures: [signNote(key, text)] })
  const next = store.advance(kept.value, frontier, note)
  if (!next) return fail({ code: 'head_taken', size: signed.size })
  store.leaves.write(signed.size, leaves)
  return ok(next)
}

function latestKept(store: HeadStore): Result<KeptHead, LedgerProblem> {
  try {
    return ok(store.latest())
  } catch (error) {
    if (error instanceof HeadUnreadable) return fail({ code: 'head_unreadable', reason: error.message })
    throw error
  }
}

/** Lets everybody see a checkpoint; the same one again changes nothing. */
export async function publish(
  store: HeadStore,
  head: KeptHead,
  note: string,
  cosigned: boolean
): Promise<void> {
  const root = toHex(rootOf(head.frontier))
  const at = new Date()
  const { size } = head.frontier
  const inserted = await db.rawQuery(
    `INSERT INTO ledger_checkpoints (size, cosigned, root, note, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (size, cosigned) DO NOTHING`,
    [size, cosigned, root, note, at]
  )
  if (inserted.rowCount === 1) store.notes.add([{ size, cosigned, root, note, at: microseconds(at) }])
}
