import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import { civilDay } from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { notify } from '#messages/public'
import { fail, ok, type Result } from '#lib/result'
import type { Expert } from '#registry/models/expert'
import { libraryForDraw } from '#registry/queries/experts'

/** What of an expert can be changed; words for it are in the pages. */
export type ChangedThing =
  | 'employment'
  | 'leave'
  | 'monthly_cap'
  | 'own_monthly_cap'
  | 'term'
  | 'grade'
  | 'specialties'
  | 'home_city'
  | 'status'
  | 'interest'

export interface ExpertChange {
  readonly expertId: string
  readonly what: ChangedThing
  readonly reason: string
  /** Number of the official document behind it, where there is one. */
  readonly document?: string | null
  /** Revision of the expert that the form was filled in against. */
  readonly revision: number
}

export interface ChangeContext {
  readonly unit: UnitOfWork
  readonly expert: Expert
  readonly inForce: Regulation
  readonly today: string
}

/** What it was and what it is now; null when there was nothing left to do. */
export type Changed = { before: object | null; after: object | null } | null

/** A code with whatever parameters the form's sentence needs. */
export type ChangeError = { code: string }

/**
 * Rules REG-1, REG-3. One change of what the draw goes by, with its reason, its place in the history and its
 * ledger entry in one transaction; the expert is told of what others change. Refused when somebody else was
 * quicker: the form showed what is no longer so.
 */
export async function changeExpert(
  actor: Actor,
  change: ExpertChange,
  work: (context: ChangeContext) => Promise<Result<Changed, ChangeError>>
): Promise<Result<{ revision: number }, ChangeError>> {
  const inForce = await regulation()
  return recordResult(actor, async (unit): Promise<Result<{ revision: number }, ChangeError>> => {
    await unit.trx.from('experts').where('id', change.expertId).forUpdate()
    const [expert] = await libraryForDraw(unit.trx, { specialties: [], ids: [change.expertId] })
    if (!expert) throw notFound()
    if (expert.revision !== change.revision) return fail({ code: 'E_EXPERT_CHANGED' })
    const today = civilDay(unit.at, inForce.utc_offset_minutes)
    const done = await work({ unit, expert, inForce, today })
    if (!done.ok) return done
    if (!done.value) return ok({ revision: expert.revision })
    await keep(unit, expert, change, done.value)
    return ok({ revision: expert.revision + 1 })
  })
}

async function keep(
  unit: UnitOfWork,
  expert: Expert,
  change: ExpertChange,
  { before, after }: NonNullable<Changed>
): Promise<void> {
  await unit.trx.from('experts').where('id', expert.id).increment('revision', 1)
  const document = change.document ?? null
  await unit.insert('expert_changes', {
    id: newId(),
    expert_id: expert.id,
    what: change.what,
    before,
    after,
    reason: change.reason,
    document,
    by_user_id: unit.actor.userId,
    at: unit.at,
  })
  unit.entry({
    stream: 'registry',
    type: 'expert.changed',
    payload: {
      expert: expert.id,
      rosterNo: expert.rosterNo,
      what: change.what,
      reason: change.reason,
      document,
    },
  })
  if (unit.actor.userId === expert.userId) return
  await notify(unit, {
    userIds: [expert.userId],
    kind: 'expert.changed',
    params: { what: change.what, reason: change.reason },
    href: '/record',
    objectId: expert.id,
  })
}
