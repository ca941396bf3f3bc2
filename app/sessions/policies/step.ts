import type { Stage } from '#lib/room/words'
import { PHASES, type Phase } from '#sessions/domain/phases_follow_in_order'

/** The step of MEET-8 as the rules spell it. */
export function step(stage: Stage): Phase {
  return PHASES.find((one) => one.toLowerCase() === stage)!
}
