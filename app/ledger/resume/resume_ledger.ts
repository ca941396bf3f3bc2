import { SYSTEM_ACTOR } from '#core/actor'
import { toHex } from '#lib/bytes'
import { rootOf } from '#lib/merkle'
import { fail, ok, type Result } from '#lib/result'
import type { ReadFile } from '#lib/ledger/verify_folder'
import { NO_HEAD } from '#ledger/checkpoints/head_store'
import { ownHeadStore, ownLogKey } from '#ledger/checkpoints/own_log'
import { ERASURE_TYPE, LEDGER_STREAM } from '#lib/ledger/leaf'
import { RESTORED_TYPE, type Restoration } from '#ledger/domain/restoration'
import { latestCheckpoint } from '#ledger/queries/checkpoints'
import { ledgerVerifierKeys } from '#ledger/queries/ledger_keys'
import { ledgerHead } from '#ledger/queries/ledger_head'
import { putBack } from '#ledger/resume/put_back'
import { readPublished, type Published, type SourceError } from '#ledger/resume/read_published'
import { witnessSeen } from '#ledger/resume/witness_seen'
import { recordResult } from '#ledger/unit_of_work'

export interface Declaration {
  readonly by: string
  readonly reason: string
  /** The published log: an exported folder, a mirror. */
  readonly read: ReadFile
}

export type ResumeError =
  | SourceError
  /** It ends before what this database holds, what was signed, or what the witness saw. */
  | { code: 'source_too_short'; size: number; database: number; signed: number; witness: number | null }
  /** It is another log up to that size. */
  | { code: 'source_differs'; size: number }
  /** Neither the head kept apart nor the witness is there to say how far the log went. */
  | { code: 'nobody_vouches' }
  | { code: 'not_behind' }

export interface Resumed {
  readonly from: number
  readonly to: number
  /** Erasures among what was lost: what they took away is back, and has to go again. */
  readonly erasures: readonly number[]
}

/**
 * Lets a restored database go on, lawfully: leaves that it lacks come back from the published log, so that what is
 * signed next extends what was signed and cosigned before; their content stays lost, and an entry says so with who
 * answers for it. Needs the owner's role, which alone can put entries back.
 */
export async function resumeLedger({ by, reason, read }: Declaration): Promise<Result<Resumed, ResumeError>> {
  const stored = await ledgerHead()
  const kept = ownHeadStore().latest()
  const signed = { size: kept.frontier.size, root: toHex(rootOf(kept.frontier)) }
  const seen = await witnessSeen(ownLogKey())
  if (kept === NO_HEAD && !seen) return fail({ code: 'nobody_vouches' })
  const known = [stored, signed, ...(seen ? [seen] : [])]
  const source = await readPublished(
    read,
    await ledgerVerifierKeys(),
    stored.size,
    known.map(({ size }) => size)
  )
  if (!source.ok) return source
  const { size } = source.value.checkpoint
  if (known.some((one) => one.size > size))
    return fail({
      code: 'source_too_short',
      size,
      database: stored.size,
      signed: signed.size,
      witness: seen?.size ?? null,
    })
  const differs = known.find((one) => source.value.roots.get(one.size) !== one.root)
  if (differs) return fail({ code: 'source_differs', size: differs.size })
  if (size === stored.size && kept !== NO_HEAD) return fail({ code: 'not_behind' })
  const declared = await declare(source.value, { by, reason, from: stored.size })
  if (!declared.ok) return declared
  if (kept === NO_HEAD) ownHeadStore().advance(NO_HEAD, source.value.frontier, source.value.checkpoint.note)
  const erasures = source.value.entries.flatMap(({ leaf }, i) =>
    leaf.type === ERASURE_TYPE ? [stored.size + i] : []
  )
  return ok({ from: stored.size, to: size, erasures })
}

async function declare(
  source: Published,
  { by, reason, from }: { by: string; reason: string; from: number }
): Promise<Result<null, ResumeError>> {
  return recordResult(SYSTEM_ACTOR, async (unit) => {
    await unit.trx.rawQuery('SET LOCAL session_replication_role = replica')
    const head = await unit.trx.from('ledger_head').where('id', 1).forUpdate().first()
    if (Number(head.size) !== from) return fail({ code: 'source_differs' as const, size: from })
    await putBack(unit.trx, source, from)
    const to = source.checkpoint.size
    const published = (await latestCheckpoint())?.size ?? 0
    const said: Restoration = { by, reason, lost: { from, to }, checkpoints: { from: published, to } }
    unit.entry({ stream: LEDGER_STREAM, type: RESTORED_TYPE, payload: { ...said } })
    return ok(null)
  })
}
