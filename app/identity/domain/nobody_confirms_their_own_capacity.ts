import { STAFF, type Actor, type CapacityKind } from '#core/actor'

/** Rule ORG-4. Office capacities are granted by system administration and confirmed, or ended, by security administration: never one's own. */
export function mayJudgeCapacity(
  actor: Pick<Actor, 'userId' | 'kind'>,
  capacity: { userId: string; kind: CapacityKind }
): boolean {
  return actor.kind === 'security_admin' && STAFF.includes(capacity.kind) && capacity.userId !== actor.userId
}
