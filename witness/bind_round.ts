import { looksOf, samePermit } from '../lib/draw/looks_alike.ts'
import { isNormalPlanIdentity, isPlanIdentity, planKey, type PlanIdentity } from '../lib/draw/plan_key.ts'
import { keyOfRoundBefore, lineOf, ROUND_FAILED_TYPE } from '../lib/draw/round_before.ts'
import type { EvaluateRequest, WitnessError } from '../lib/draw/witness_protocol.ts'
import { fail, ok, type Result } from '../lib/result.ts'
import { checkLedgerClaim, type Head } from './ledger_claim.ts'
import type { DrawRecord } from './store.ts'

/** What a draw is of. */
export type Bound = {
  readonly plan: PlanIdentity
  readonly roundBefore?: string
  /** Draws of other lines under the same permit. */
  readonly others: readonly string[]
}

/**
 * Rule DRAW-6. A plan key says nothing by itself, so whoever is free to name one could ask for round 2 where round 1
 * displeased. The key is computed here from the identity that the entry opens, and a round above the first is
 * answered once the log holds that the draw of the one before, which this witness knows, was of a plan that failed.
 */
export function bindRound(
  request: EvaluateRequest,
  draws: readonly DrawRecord[],
  cosigned: Head | null
): Result<Bound, WitnessError> {
  const { plan } = request.commit.payload
  const opened = isPlanIdentity(plan) && isNormalPlanIdentity(plan)
  if (!opened || plan.round !== request.round || planKey(plan) !== request.planKey) {
    return fail({ code: 'plan_identity' })
  }
  const elsewhere = draws.filter((draw) => draw.plan && lineOf(draw.plan) !== lineOf(plan))
  const lookalike = elsewhere.find((draw) => looksOf(draw.plan!) === looksOf(plan))
  if (lookalike) return fail({ code: 'plan_looks_drawn', drawId: lookalike.drawId })
  const before = failedBefore(plan, request, draws, cosigned)
  if (!before.ok) return before
  const others = elsewhere.filter((draw) => samePermit(draw.plan!, plan)).map(({ drawId }) => drawId)
  return ok({ plan, ...(before.value !== null && { roundBefore: before.value }), others })
}

/** Leaf hash of the entry that the round before failed; null of a first round. */
function failedBefore(
  plan: PlanIdentity,
  { commit, roundBefore }: EvaluateRequest,
  draws: readonly DrawRecord[],
  cosigned: Head | null
): Result<string | null, WitnessError> {
  const key = keyOfRoundBefore(plan)
  if (key === null) return ok(null)
  const round = plan.round - 1
  const known = draws.find((draw) => draw.planKey === key)
  if (!known) return fail({ code: 'round_before_unknown', round })
  if (!roundBefore) return fail({ code: 'round_before_missing', round })
  if (roundBefore.index >= commit.index) return fail({ code: 'round_before_late' })
  const fields = { drawId: known.drawId, planKey: key, round }
  const seen = checkLedgerClaim({ ...commit, ...roundBefore }, cosigned, { type: ROUND_FAILED_TYPE, fields })
  return seen.ok ? ok(seen.value.leafHash) : seen
}
