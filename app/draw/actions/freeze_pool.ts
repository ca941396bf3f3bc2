import { chanceValues, type Chances, type ChancesError } from '#lib/draw/chances'
import { prepareDraw, type PreparedDraw } from '#lib/draw/draw'
import { buildPool, type BuiltPool } from '#lib/draw/pool'
import { compareRational } from '#lib/draw/rational'
import type { DrawRules } from '#lib/draw/rules'
import { exactText } from '#lib/draw/ruler'
import { fail, ok, type Result } from '#lib/result'
import type { Regulation } from '#core/regulation/types'
import type { UnitOfWork } from '#ledger/public'
import { beaconSettings } from '#draw/beacon/settings'
import { specialtiesWithin } from '#draw/domain/a_pool_widens_by_the_rules'
import { drawRules } from '#draw/domain/draw_rules_follow_from_the_regulation'
import { poolCandidates, type PoolCandidate } from '#draw/domain/pool_follows_from_the_library'
import { tagsOf } from '#draw/domain/tags_follow_from_the_works'
import { secrets, serverParty } from '#draw/entropy/parties'
import type { FailedAttempt } from '#draw/models/draw'
import type { PlanFacts } from '#draw/plan_facts'
import { libraryFacts } from '#draw/queries/library_facts'

export interface PoolQuestion {
  readonly plan: PlanFacts
  readonly planKey: string
  readonly planLine: string
  readonly round: number
  readonly meetingDay: string
  readonly witnessKey: string
}

export interface FrozenPool {
  readonly candidates: readonly PoolCandidate[]
  readonly pool: BuiltPool
  readonly rules: DrawRules
  readonly prepared: PreparedDraw
  /** What was tried before, each with the numbers it failed by. */
  readonly attempts: readonly FailedAttempt[]
}

export interface NoPool {
  readonly code: ChancesError['code']
  readonly attempts: readonly FailedAttempt[]
}

/**
 * Rules DRAW-1, DRAW-4, DRAW-9. The pool as the rules make it from the library: first of those who match, and
 * where that does not suffice widened step by step. Which steps are taken is nobody's choice: each only after
 * the one before has failed, and its numbers are kept.
 */
export async function freezePool(
  unit: UnitOfWork,
  question: PoolQuestion,
  inForce: Regulation
): Promise<Result<FrozenPool, NoPool>> {
  const { plan, planKey, planLine, round, meetingDay } = question
  const server = serverParty()
  const beacon = await beaconSettings()
  const tags = tagsOf(plan.works, inForce)
  const attempts: FailedAttempt[] = []
  for (let taken = 0; taken <= inForce.draw_widening.length; taken++) {
    const steps = inForce.draw_widening.slice(0, taken)
    const library = await libraryFacts(
      unit.trx,
      { specialties: specialtiesWithin(tags, steps), ids: [], plan, planLine, meetingDay, exceptDraw: null },
      inForce
    )
    const candidates = poolCandidates(library.experts, library.draw, inForce, steps)
    const rules = drawRules(
      plan.works,
      inForce,
      {
        serverKey: server.vrfKey,
        witnessKey: question.witnessKey,
        saltKeyCommitment: server.saltKeyCommitment,
      },
      steps.map(({ code: step }, i) => ({ step, because: attempts[i]!.error.code })),
      beacon?.chain
    )
    const pool = buildPool(candidates, { saltKey: secrets().salt, planKey, round })
    const prepared = prepareDraw({ planKey, round, rules, leaves: pool.leaves })
    if (prepared.ok) return ok({ candidates, pool, rules, prepared: prepared.value, attempts })
    attempts.push({
      step: steps.at(-1)?.code ?? null,
      matched: candidates.length,
      eligible: candidates.filter(({ excluded }) => excluded === null).length,
      error: prepared.error,
    })
  }
  return fail({ code: attempts.at(-1)!.error.code, attempts })
}

/** The chances as the log records them before any entropy exists. */
export function publishedChances(chances: Chances) {
  const values = chanceValues(chances).sort(compareRational)
  return {
    cap: chances.cap,
    denominator: String(chances.denominator),
    lowest: exactText(values[0]!),
    highest: exactText(values.at(-1)!),
    possibleSets: String(chances.possibleSets),
  }
}
