import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { notFound } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import { checkPanel, type PanelCheck } from '#draw/domain/panel_is_valid'
import type { DrawRow } from '#draw/models/draw'
import { panelCandidates } from '#draw/queries/panel_candidates'
import { seatsOf } from '#draw/queries/draws'

export interface PanelChoice {
  readonly members: readonly string[]
  readonly leader: string | null
  readonly alternates: readonly string[]
}

export interface CheckedPanel {
  readonly checks: PanelCheck[]
  readonly ok: boolean
  /** Whether the members are the first valid ones by random order (DRAW-13). */
  readonly isDefault: boolean
}

/** Rules DRAW-4 … DRAW-6, DRAW-10, DRAW-11. The checklist of a panel as it is being put together. */
export async function checkPanelChoice(
  trx: TransactionClientContract,
  draw: DrawRow,
  choice: PanelChoice
): Promise<CheckedPanel> {
  const seats = await seatsOf(draw.id, trx)
  const candidates = await panelCandidates(trx, draw, seats)
  const pick = (ids: readonly string[]) => ids.map((id) => candidates.get(id) ?? never())
  const checks = checkPanel(
    { members: pick(choice.members), leader_id: choice.leader, alternates: pick(choice.alternates) },
    await regulation()
  )
  const chosen = seats.filter(({ id }) => choice.members.includes(id)).map(({ seat }) => seat)
  const byDefault = draw.default_panel ?? []
  const isDefault = chosen.length === byDefault.length && chosen.every((seat) => byDefault.includes(seat))
  return { checks, ok: checks.every((check) => check.ok), isDefault }
}

function never(): never {
  throw notFound()
}
