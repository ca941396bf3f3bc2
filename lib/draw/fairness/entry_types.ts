/** Entries of the ledger that tell of a draw and of what people did with it: those that the report opens. */
export const OPENED_TYPES: ReadonlySet<string> = new Set([
  'draw.requested',
  'draw.committed',
  'draw.completed',
  'draw.seat_left',
  'draw.seat_not_refilled',
  'draw.seat_refilled',
  'draw.taken_over',
  'draw.same_plan',
  'draw.called_off',
  'place.invite',
  'place.accept',
  'place.decline',
  'place.recuse',
  'place.let_pass',
  'place.withdraw',
  'place.miss',
  'place.step_in',
  'place.not_chosen',
  'review.confirm_panel',
  'review.panel_broken',
])

/** With which a place is given up, whatever the reason. */
export const LEAVING_TYPES: ReadonlySet<string> = new Set([
  'place.decline',
  'place.recuse',
  'place.let_pass',
  'place.withdraw',
  'place.miss',
])
