import { fail, ok, type Result } from '#lib/result'

/** Rule MEET-8. The order of a meeting. */
export const PHASES = [
  'SIGN_IN',
  'INTRODUCTION',
  'PRESENTATION',
  'QUESTIONS',
  'DELIBERATION',
  'READ_OUT',
  'ANSWERS',
  'SIGNING',
] as const
export type Phase = (typeof PHASES)[number]

/**
 * Rule MEET-8. From one phase to the next, none left out. Only one way leads back: what the parties answer
 * may send the panel into deliberation again.
 */
export function enterPhase(
  now: Phase,
  wanted: Phase
): Result<Phase, { code: 'phase_out_of_order'; now: Phase; next: Phase | null }> {
  const next = PHASES[PHASES.indexOf(now) + 1] ?? null
  const again = wanted === 'DELIBERATION' && (now === 'READ_OUT' || now === 'ANSWERS')
  return wanted === next || again ? ok(wanted) : fail({ code: 'phase_out_of_order', now, next })
}
