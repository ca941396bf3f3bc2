import type { Json } from '../../canonical_json.ts'
import type { Seat } from '../draw.ts'
import { isIntegerBetween, isText } from '../read.ts'
import type { DrawRules } from '../rules.ts'
import { LEAVING_TYPES, OPENED_TYPES } from './entry_types.ts'
import { yearOf, type OpenedEntry } from './entries_file.ts'
import type { EligibleExpert, FoldFault, Left, YearDraw, YearSeat } from './year_draw.ts'

type Payload = OpenedEntry['payload']
type Step = (draw: YearDraw, entry: OpenedEntry) => boolean

const LEFT: Readonly<Record<string, Left>> = {
  'place.decline': 'declined',
  'place.let_pass': 'no_answer',
  'place.recuse': 'recused',
  'place.withdraw': 'withdrew',
  'place.miss': 'missed',
}

const STEPS: Readonly<Record<string, Step>> = {
  'draw.completed': complete,
  'draw.seat_refilled': refill,
  'draw.seat_not_refilled': leaveEmpty,
  'draw.same_plan': startAnew,
  'place.invite': (draw, { payload }) => {
    const seat = seatOf(draw, payload.seat)
    if (seat) seat.invited = true
    return seat !== undefined
  },
  'place.accept': (draw, { payload }) => {
    const seat = seatOf(draw, payload.seat)
    if (seat) seat.accepted = true
    return seat !== undefined
  },
  // Passed over: should the panel break, they are asked anew.
  'place.not_chosen': (draw, { payload }) => {
    const seat = seatOf(draw, payload.seat)
    if (seat) seat.invited = seat.accepted = false
    return seat !== undefined
  },
  'review.confirm_panel': confirm,
}

/**
 * The draws that were committed in a civil year, with all that followed of them whenever it did. Entries may come
 * in any order: the log's own counts.
 */
export function foldYear(
  entries: readonly OpenedEntry[],
  { year, utcOffsetMinutes }: { year: number; utcOffsetMinutes: number }
): { draws: YearDraw[]; faults: FoldFault[] } {
  const draws = new Map<string, YearDraw | null>()
  const faults: FoldFault[] = []
  for (const entry of [...entries].sort((a, b) => a.index - b.index)) {
    const { index, type, payload } = entry
    if (!OPENED_TYPES.has(type)) continue
    if (type === 'draw.committed') {
      const draw = committed(entry)
      if (!draw) faults.push({ code: 'entry_out_of_place', index, type })
      else draws.set(draw.drawId, yearOf(entry.at, utcOffsetMinutes) === year ? draw : null)
      continue
    }
    const step = LEAVING_TYPES.has(type) ? leave : STEPS[type]
    if (!step) continue
    const draw = draws.get(payload.drawId as string)
    if (draw === null) continue
    if (!draw || !step(draw, entry)) faults.push({ code: 'entry_out_of_place', index, type })
  }
  return { draws: [...draws.values()].filter((draw) => draw !== null), faults }
}

function committed({ index, at, payload }: OpenedEntry): YearDraw | undefined {
  const { drawId, round, rules, excluded } = payload
  if (!isText(drawId) || !isIntegerBetween(round, 1, 65_535) || !Array.isArray(excluded)) return undefined
  if (typeof rules !== 'object' || rules === null) return undefined
  return {
    drawId,
    number: isText(payload.number) ? payload.number : null,
    index,
    at,
    round,
    rules: rules as unknown as DrawRules,
    host: hostOf(payload),
    eligible: eligibleOf(payload.eligible),
    excluded: excluded as { id: string; reason: string }[],
    seats: null,
    defaultPanel: null,
    replacements: [],
    choice: null,
  }
}

function hostOf({ agency, organiser }: Payload): string | null {
  if (isText(agency)) return agency
  return isText(organiser) ? organiser : null
}

function eligibleOf(list: Json | undefined): EligibleExpert[] | null {
  if (!Array.isArray(list)) return null
  const whole = list.every((one: Partial<EligibleExpert>) => {
    return isText(one.id) && isText(one.specialty) && isIntegerBetween(one.employer, 1, 1_000_000)
  })
  return whole ? (list as EligibleExpert[]) : null
}

function complete(draw: YearDraw, { payload }: OpenedEntry): boolean {
  const result = payload.result as { seats?: Seat[] } | null
  if (draw.seats !== null || !Array.isArray(result?.seats)) return false
  draw.seats = result.seats.map((seat) => seatFrom(seat, null))
  draw.defaultPanel = payload.defaultPanel as number[] | null
  return true
}

function seatFrom({ seat, id, employer, specialty, ticket }: Seat, replaces: number | null): YearSeat {
  return { seat, id, employer, specialty, ticket, replaces, invited: false, accepted: false, left: null }
}

function seatOf(draw: YearDraw, seat: Json | undefined): YearSeat | undefined {
  return draw.seats?.find((one) => one.seat === seat)
}

function leave(draw: YearDraw, { type, payload }: OpenedEntry): boolean {
  const seat = seatOf(draw, payload.seat)
  if (!seat || seat.left !== null) return false
  seat.left = LEFT[type]!
  return true
}

function refill(draw: YearDraw, { payload }: OpenedEntry): boolean {
  const leaver = seatOf(draw, payload.seat)
  const taken = payload.taken as Seat | null
  if (!leaver || !taken) return false
  draw.seats!.push(seatFrom(taken, leaver.seat))
  const { number } = payload
  draw.replacements.push({ seat: leaver.seat, number: number as number, leaver: leaver.id, taken })
  return true
}

function leaveEmpty(draw: YearDraw, { payload }: OpenedEntry): boolean {
  const leaver = seatOf(draw, payload.seat)
  if (!leaver) return false
  draw.replacements.push({ seat: leaver.seat, number: null, leaver: leaver.id, taken: null })
  return true
}

/** A plan that came again has its old draw: who had left is gone, everybody else is asked anew. */
function startAnew(draw: YearDraw): boolean {
  for (const seat of draw.seats ?? []) {
    if (seat.left !== null) continue
    seat.invited = false
    seat.accepted = false
  }
  draw.choice = null
  return true
}

function confirm(draw: YearDraw, { index, payload }: OpenedEntry): boolean {
  const panel = payload.panel as { seat: number; role: string }[] | undefined
  if (!Array.isArray(panel) || !draw.seats) return false
  const members = panel.filter(({ role }) => role !== 'alternate').map(({ seat }) => seat)
  const candidates = draw.seats.filter(
    ({ left, invited, accepted }) => left === null && (accepted || !invited)
  )
  draw.choice = {
    index,
    candidates: candidates.map(({ seat }) => seat),
    members,
    isDefault: payload.isDefault === true,
  }
  return members.every((seat) => draw.choice!.candidates.includes(seat))
}
