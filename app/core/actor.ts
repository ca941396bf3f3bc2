/** What somebody may act as. One active capacity per web session. */
export type CapacityKind =
  | 'expert'
  | 'organiser'
  | 'technical_head'
  | 'supervising_engineer'
  | 'owner'
  | 'designer'
  | 'surveyor'
  | 'agency'
  | 'centre'
  | 'authority'
  | 'system_admin'
  | 'security_admin'
  | 'auditor'

/** Capacities that must sign in with a second factor. */
export const STAFF: readonly CapacityKind[] = [
  'centre',
  'authority',
  'system_admin',
  'security_admin',
  'auditor',
]

/** Who does something: the person, and in which capacity. */
export interface Actor {
  readonly userId: string
  readonly name: string
  readonly capacityId: string
  readonly kind: CapacityKind
  readonly organisationId: string | null
}

/** The system itself acts when a deadline passes or a job runs. */
export const SYSTEM_ACTOR = { userId: null, capacityId: null, kind: 'system' } as const

export type AnyActor = Actor | typeof SYSTEM_ACTOR
