import db from '@adonisjs/lucid/services/db'
import { sequenced } from '#ledger/public'

interface Confirmed {
  readonly drawId: string
  readonly isDefault: boolean
  readonly panel: readonly { seat: number; role: string }[]
}

/** One panel that an organiser confirmed, as the log tells it. */
export interface ConfirmedPanel {
  readonly id: string
  readonly number: string
  readonly plan: string
  readonly logIndex: number
  readonly confirmedAt: string
  readonly isDefault: boolean
  /** Seats of the first valid five by random order; null where there were none. */
  readonly first: readonly number[] | null
  /** Seats of leader and members. */
  readonly chosen: readonly number[]
  /** Of those first five, who was not to be had any more: declined, excused, without an answer. */
  readonly gone: readonly number[]
}

export interface HostChoices {
  readonly host: string
  readonly panels: readonly ConfirmedPanel[]
  readonly departures: number
}

/**
 * Rule DRAW-13, draw.md 8. Panels by whoever confirmed them, with how many are not the first five by random order. From
 * the log's own entries: a panel that has since broken and was confirmed again counts each time, and nothing that is
 * written over in a row is lost. Those who depart most often first.
 */
export async function departuresFromDefault(): Promise<HostChoices[]> {
  await sequenced()
  const rows = await db
    .from('ledger_entries as e')
    .join('ledger_payloads as p', 'p.index', 'e.index')
    .where('e.type', 'review.confirm_panel')
    .whereNull('p.erased_at')
    .orderBy('e.index', 'desc')
    .select('e.index', 'e.leaf', 'p.payload')
  const confirmed = rows.map(({ index, leaf, payload }) => {
    return { index: Number(index), at: JSON.parse(leaf).at as string, told: JSON.parse(payload) as Confirmed }
  })
  const draws = await drawsOf(confirmed.map(({ told }) => told.drawId))
  const hosts = new Map<string, ConfirmedPanel[]>()
  for (const { index, at, told } of confirmed) {
    const draw = draws.get(told.drawId)
    if (!draw) continue
    const chosen = told.panel.filter(({ role }) => role !== 'alternate').map(({ seat }) => seat)
    const first: number[] | null = draw.default_panel
    const panel = {
      id: draw.id,
      number: draw.number,
      plan: draw.plan,
      logIndex: index,
      confirmedAt: new Date(at).toISOString(),
      isDefault: told.isDefault,
      first,
      chosen: chosen.toSorted((a, b) => a - b),
      gone: (first ?? []).filter((seat) => (draw.left ?? []).includes(seat) && !chosen.includes(seat)),
    }
    hosts.set(draw.host, [...(hosts.get(draw.host) ?? []), panel])
  }
  return [...hosts]
    .map(([host, panels]) => {
      return { host, panels, departures: panels.filter(({ isDefault }) => !isDefault).length }
    })
    .sort((a, b) => b.departures - a.departures || b.panels.length - a.panels.length)
}

async function drawsOf(drawIds: readonly string[]) {
  if (drawIds.length === 0) return new Map()
  const { rows } = await db.rawQuery(
    `SELECT d.id, d.number, d.draw_id, d.default_panel, p.name AS plan, o.name AS host,
       (SELECT json_agg(x.seat) FROM draw_departures x WHERE x.draw_id = d.id) AS left
     FROM draws d JOIN plans p ON p.id = d.plan_id
     JOIN organisations o ON o.id = coalesce(d.agency_id, d.organiser_id)
     WHERE d.draw_id = ANY(?)`,
    [[...drawIds]]
  )
  return new Map(rows.map((row: any) => [row.draw_id, row]))
}
