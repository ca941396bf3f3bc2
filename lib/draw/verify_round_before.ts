import type { VerifierKey } from '../tlog/keys.ts'
import type { DrawEvidence } from './evidence.ts'
import { checkpointOf, isEntryOf, opensTo, originOf } from './ledger_place.ts'
import { checkpointFault } from './ledger_signers.ts'
import { ROUND_FAILED_TYPE, tellsOfRoundBefore } from './round_before.ts'

type RoundCode = 'entry' | 'inclusion' | 'payload' | 'checkpoint'
export type RoundCheckCode = `round_before_${RoundCode}`

type RoundCheck = { readonly code: RoundCheckCode; readonly ok: boolean; readonly detail: string | null }

/**
 * Rule DRAW-6. That a round above the first was drawn because the one before had ended in 不通过, on record in the same
 * log before the pool was frozen. A first round has nothing of the kind.
 */
export function roundBeforeChecks(evidence: DrawEvidence, ledgerKeys: readonly VerifierKey[]): RoundCheck[] {
  const { plan, roundBefore: place, commit, rules } = evidence
  if (plan.round === 1 && !place) return []
  if (!place || plan.round === 1) return [check('entry', false, `round ${plan.round}`)]
  const fault = checkpointFault(place, ledgerKeys, { witnessed: rules.level !== 'L1' })
  const sameLog = originOf(place) === originOf(commit)
  return [
    check('entry', isEntryOf(place, [ROUND_FAILED_TYPE]) && place.index < commit.index),
    check('inclusion', checkpointOf(place) !== undefined),
    check('payload', opensTo(place, {}) && tellsOfRoundBefore(place.payload, plan)),
    check('checkpoint', fault === null && sameLog, fault ?? (sameLog ? null : originOf(place))),
  ]
}

function check(code: RoundCode, ok: boolean, detail: string | null = null): RoundCheck {
  return { code: `round_before_${code}`, ok, detail }
}
