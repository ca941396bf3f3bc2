import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import { nextNumber } from '#core/sequence_number'
import { employerSizes } from '#lib/draw/chances'
import { planKey } from '#lib/draw/plan_key'
import type { BuiltPool } from '#lib/draw/pool'
import { keyOfRoundBefore } from '#lib/draw/round_before'
import { fail, ok, type Result } from '#lib/result'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { librarySize } from '#registry/public'
import { lockReview, reviewById, reviewStream, type Review } from '#reviews/public'
import { ensureWitnessPinned } from '#draw/actions/commit_draw_keys'
import { compareWithEarlierPlans } from '#draw/actions/compare_with_earlier_plans'
import { freezePool, publishedChances } from '#draw/actions/freeze_pool'
import { reattachDraw } from '#draw/actions/reattach_draw'
import { roundMayBeDrawn } from '#draw/domain/a_round_follows_a_failed_one'
import { meetingDayOf } from '#draw/domain/meeting_day'
import type { PoolCandidate } from '#draw/domain/pool_follows_from_the_library'
import { specHash } from '#draw/entropy/spec_hash'
import { wakeDraws } from '#draw/jobs/work_off_draws'
import type { DrawRow, PoolEntry } from '#draw/models/draw'
import { identityForDraw } from '#draw/near_plans/plan_line'
import { planFacts, type PlanFacts } from '#draw/plan_facts'
import { isHost } from '#draw/policies/draw_access'
import { drawOfReview } from '#draw/queries/draws'
import { earlierDraws, recordOlderFailure } from '#draw/queries/rounds'

export type StartError = { code: string }
type Started = { id: string; number: string }

/**
 * Rules DRAW-1, DRAW-9, DRAW-13. Freezes the pool and writes it into the log; the random numbers come only
 * after that is durable. One draw per plan, however often or by however many hands it is started: who
 * comes second gets the first one's draw.
 */
export async function startDraw(actor: Actor, reviewId: string): Promise<Result<Started, StartError>> {
  const asked = await reviewById(reviewId)
  if (!asked) throw notFound()
  await compareWithEarlierPlans(reviewId)
  const standing = await ensureWitnessPinned()
  const result = await recordResult(actor, async (unit): Promise<Result<Started, StartError>> => {
    const review = await lockReview(unit.trx, reviewId)
    const plan = await planFacts(review.planId, unit.trx)
    if (!isHost(actor, { organiserId: plan.organiser.id, agencyId: plan.agency?.id ?? null }))
      throw notFound()
    const before = await drawOfReview(reviewId, unit.trx)
    if (before) return ok({ id: before.id, number: before.number })
    if (review.state !== 'FORM_CHECKED')
      return fail({ code: 'E_REVIEW_STATE', state: review.state, event: 'draw' })
    const identity = await identityForDraw(unit.trx, plan.planId, review.round)
    if (!identity.ok) return identity
    const key = planKey(identity.value)
    await unit.trx.rawQuery('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [`draw/${key}`])
    const sameplan: DrawRow | null = await unit.trx.from('draws').where('plan_key', key).forUpdate().first()
    if (sameplan) return reattachDraw(unit, actor, sameplan, review, plan)
    await recordOlderFailure(unit, keyOfRoundBefore(identity.value))
    const may = roundMayBeDrawn(identity.value, await earlierDraws(unit.trx))
    if (!may.ok) return may
    if (standing.code !== 'pinned') return fail({ code: 'E_DRAW_WITNESS', why: standing.code })
    return commitDraw(unit, {
      review,
      plan,
      identity: identity.value,
      planKey: key,
      witnessKey: standing.pin.vrfKey,
    })
  })
  if (result.ok) wakeDraws()
  return result
}

interface Commit {
  readonly review: Review
  readonly plan: PlanFacts
  readonly identity: { permit: string; categories: readonly string[]; part: string; round: number }
  readonly planKey: string
  readonly witnessKey: string
}

async function commitDraw(unit: UnitOfWork, commit: Commit): Promise<Result<Started, StartError>> {
  const { review, plan, identity } = commit
  const inForce = await regulation()
  const meetingDay = meetingDayOf(plan.meetingProposedAt, unit.at, inForce)
  const planLine = planKey({ ...identity, round: 1 })
  const { round } = identity
  const frozen = await freezePool(
    unit,
    { plan, planKey: commit.planKey, planLine, round, meetingDay, witnessKey: commit.witnessKey },
    inForce
  )
  if (!frozen.ok) {
    const { code, attempts } = frozen.error
    return fail({ ...attempts.at(-1)!.error, code: `E_DRAW_${code.toUpperCase()}`, attempts })
  }
  const { candidates, rules, pool, prepared, attempts } = frozen.value
  const row = {
    id: newId(),
    number: await nextNumber(unit.trx, 'CQ', unit.at),
    review_id: review.id,
    first_review_id: review.id,
    plan_id: plan.planId,
    plan_key: commit.planKey,
    plan_line: planLine,
    round,
    organiser_id: plan.organiser.id,
    agency_id: plan.agency?.id ?? null,
    status: 'committed',
    draw_id: prepared.drawId,
    plan_identity: identity,
    works: plan.works,
    rules,
    rules_hash: prepared.rulesHash,
    pool_root: prepared.poolRoot,
    spec_hash: await specHash(),
    meeting_day: meetingDay,
    library_count: await librarySize(unit.trx),
    matched_count: candidates.length,
    eligible_count: candidates.filter(({ excluded }) => excluded === null).length,
    employer_count: employerSizes(pool.leaves).size,
    excluded: excludedCounts(candidates),
    attempts: attempts.length > 0 ? attempts : null,
    started_by: unit.actor.userId!,
    committed_at: unit.at,
  }
  await unit.insert('draws', row)
  await unit.trx
    .table('draw_pools')
    .insert({ id: row.id, pool: JSON.stringify(poolEntries(candidates, pool)) })
  const stream = reviewStream(review.id)
  unit.entry({ stream, type: 'draw.requested', payload: { draw: row.id, number: row.number } })
  unit.entry({
    stream,
    type: 'draw.committed',
    payload: {
      drawId: row.draw_id,
      planKey: row.plan_key,
      plan: identity,
      round,
      rulesHash: row.rules_hash,
      rules,
      poolRoot: row.pool_root,
      algorithm: rules.algorithm,
      specHash: row.spec_hash,
      chances: publishedChances(prepared.chances),
      attempts,
      number: row.number,
      organiser: row.organiser_id,
      agency: row.agency_id,
      eligible: pool.leaves
        .filter(({ excluded }) => excluded === null)
        .map(({ id, employer, specialty }) => ({ id, employer, specialty })),
      excluded: candidates.flatMap(({ id, excluded }) =>
        excluded === null ? [] : [{ id, reason: excluded }]
      ),
    },
  })
  return ok({ id: row.id, number: row.number })
}

function poolEntries(candidates: readonly PoolCandidate[], pool: BuiltPool): PoolEntry[] {
  const byRoster = new Map(candidates.map((candidate) => [candidate.id, candidate]))
  return pool.leaves.map((leaf, i) => {
    const { expertId, userId, matched, isMain, because } = byRoster.get(leaf.id)!
    const own = { expertId, userId, matched, isMain, ...(because && { because }) }
    return { leaf, opening: pool.openings[i]!, ...own }
  })
}

/** How many are out for each reason; one who is out for several counts under the first. */
function excludedCounts(candidates: readonly PoolCandidate[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { excluded } of candidates) {
    if (excluded === null) continue
    const [first] = excluded.split('+')
    counts[first!] = (counts[first!] ?? 0) + 1
  }
  return counts
}
