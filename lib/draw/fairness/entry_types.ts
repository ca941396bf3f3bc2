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
  'draw.round_failed',
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

/** Which tell, wherever they stand, that there was a draw, that its round failed, or where it went on. */
export const DRAW_ENTRY_TYPES: ReadonlySet<string> = new Set([
  'draw.committed',
  'draw.round_failed',
  'draw.same_plan',
])

/** With which a place is given up, whatever the reason. */
export const LEAVING_TYPES: ReadonlySet<string> = new Set([
  'place.decline',
  'place.recuse',
  'place.let_pass',
  'place.withdraw',
  'place.miss',
])
