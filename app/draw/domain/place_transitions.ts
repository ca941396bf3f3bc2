import { fail, ok, type Result } from '#lib/result'

/** A place on the panel (rules, "place on the panel"). */
export const PLACE_STATES = [
  'DRAWN',
  'INVITED',
  'ACCEPTED',
  'UNAVAILABLE',
  'NO_ANSWER',
  'RECUSED',
  'PANEL',
  'ALTERNATE',
  'NOT_CHOSEN',
  'WITHDRAWN',
  'ABSENT',
  'REPLACED',
] as const
export type PlaceState = (typeof PLACE_STATES)[number]
export type PlaceActor = 'expert' | 'organiser' | 'agency' | 'leader' | 'centre' | 'program'
export type PlaceTransition = {
  event: string
  from: readonly PlaceState[]
  to: PlaceState
  by: readonly PlaceActor[]
  rule: string
}

/** Rules DRAW-7, DRAW-11, DRAW-13. An answer is the expert's own; nobody else can give it for them. */
export const PLACE_TRANSITIONS: readonly PlaceTransition[] = [
  {
    event: 'invite',
    from: ['DRAWN', 'NOT_CHOSEN'],
    to: 'INVITED',
    by: ['organiser', 'agency', 'program'],
    rule: 'DRAW-13',
  },
  { event: 'accept', from: ['INVITED'], to: 'ACCEPTED', by: ['expert'], rule: 'DRAW-7' },
  { event: 'decline', from: ['INVITED'], to: 'UNAVAILABLE', by: ['expert'], rule: 'DRAW-7' },
  {
    event: 'recuse',
    from: ['DRAWN', 'INVITED', 'ACCEPTED', 'PANEL', 'ALTERNATE'],
    to: 'RECUSED',
    by: ['expert'],
    rule: 'DRAW-7',
  },
  { event: 'let_pass', from: ['INVITED'], to: 'NO_ANSWER', by: ['program'], rule: 'DRAW-7' },
  { event: 'seat', from: ['ACCEPTED'], to: 'PANEL', by: ['organiser', 'agency'], rule: 'DRAW-3' },
  {
    event: 'seat_as_alternate',
    from: ['ACCEPTED'],
    to: 'ALTERNATE',
    by: ['organiser', 'agency'],
    rule: 'DRAW-11',
  },
  // Who was asked and has no place on the confirmed panel is free again, and is told so.
  { event: 'pass_over', from: ['INVITED', 'ACCEPTED'], to: 'NOT_CHOSEN', by: ['program'], rule: 'DRAW-3' },
  { event: 'release', from: ['PANEL', 'ALTERNATE'], to: 'ACCEPTED', by: ['program'], rule: 'DRAW-10' },
  { event: 'step_in', from: ['ALTERNATE'], to: 'PANEL', by: ['leader', 'program'], rule: 'DRAW-11' },
  {
    event: 'withdraw',
    from: ['ACCEPTED', 'PANEL', 'ALTERNATE'],
    to: 'WITHDRAWN',
    by: ['expert'],
    rule: 'DRAW-13',
  },
  { event: 'miss', from: ['PANEL', 'ALTERNATE'], to: 'ABSENT', by: ['leader', 'program'], rule: 'MEET-4' },
  {
    event: 'replace',
    from: ['UNAVAILABLE', 'NO_ANSWER', 'RECUSED', 'WITHDRAWN', 'ABSENT'],
    to: 'REPLACED',
    by: ['program', 'centre'],
    rule: 'DRAW-7',
  },
]

export type PlaceMoveError = {
  code: 'event_not_possible_now' | 'actor_may_not'
  state: PlaceState
  event: string
}

export function nextPlace(
  state: PlaceState,
  event: string,
  actor: PlaceActor
): Result<{ to: PlaceState; rule: string }, PlaceMoveError> {
  const found = PLACE_TRANSITIONS.find((one) => one.event === event && one.from.includes(state))
  if (found === undefined) return fail({ code: 'event_not_possible_now', state, event })
  if (!found.by.includes(actor)) return fail({ code: 'actor_may_not', state, event })
  return ok({ to: found.to, rule: found.rule })
}
