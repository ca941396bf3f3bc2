import { fail, ok, type Result } from '#lib/result'

export const EXPERT_STATES = [
  'applied',
  'in_review',
  'in_publicity',
  'listed',
  'suspended',
  'expired',
  'removed',
] as const
export type ExpertState = (typeof EXPERT_STATES)[number]
export type RegistryActor = 'expert' | 'centre' | 'authority' | 'program'

export type ExpertTransition = {
  event: string
  from: readonly ExpertState[]
  to: ExpertState
  by: readonly RegistryActor[]
}

/** Rule REG-1 (NN 2(2), Order 37 article 25). The centre reviews, the public may object, the authority announces. */
export const EXPERT_TRANSITIONS: readonly ExpertTransition[] = [
  { event: 'take_up', from: ['applied'], to: 'in_review', by: ['centre'] },
  { event: 'publish', from: ['in_review'], to: 'in_publicity', by: ['centre'] },
  { event: 'announce', from: ['in_publicity'], to: 'listed', by: ['authority'] },
  { event: 'reject', from: ['applied', 'in_review', 'in_publicity'], to: 'removed', by: ['centre'] },
  {
    event: 'withdraw',
    from: ['applied', 'in_review', 'in_publicity', 'listed', 'suspended', 'expired'],
    to: 'removed',
    by: ['expert'],
  },
  { event: 'suspend', from: ['listed'], to: 'suspended', by: ['centre', 'authority'] },
  { event: 'reinstate', from: ['suspended'], to: 'listed', by: ['centre', 'authority'] },
  { event: 'expire', from: ['listed', 'suspended'], to: 'expired', by: ['program'] },
  { event: 'renew', from: ['listed', 'expired'], to: 'listed', by: ['centre'] },
  { event: 'remove', from: ['listed', 'suspended', 'expired'], to: 'removed', by: ['authority'] },
]

export type ExpertMoveError = {
  code:
    'event_not_possible_now' | 'actor_may_not' | 'reason_missing' | 'document_missing' | 'publicity_not_over'
}

/** Rule REG-1. Each change has a reason and an actor, and unless the program makes it a document. */
export function nextExpertState(
  state: ExpertState,
  event: string,
  change: { actor: RegistryActor; reason: string; document_id: string | null; publicity_over: boolean }
): Result<ExpertState, ExpertMoveError> {
  const found = EXPERT_TRANSITIONS.find((one) => one.event === event && one.from.includes(state))
  if (found === undefined) return fail({ code: 'event_not_possible_now' })
  if (!found.by.includes(change.actor)) return fail({ code: 'actor_may_not' })
  if (change.reason.trim() === '') return fail({ code: 'reason_missing' })
  const official = change.actor === 'centre' || change.actor === 'authority'
  if (official && change.document_id === null) return fail({ code: 'document_missing' })
  if (event === 'announce' && !change.publicity_over) return fail({ code: 'publicity_not_over' })
  return ok(found.to)
}
