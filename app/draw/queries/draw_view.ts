import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { regulation } from '#core/jurisdiction'
import { receiptAt } from '#ledger/public'
import { reviewById, reviewStream } from '#reviews/public'
import { entryIndex } from '#draw/entropy/ledger_claim'
import type { DepartureRow, DrawRow, SeatRow } from '#draw/models/draw'
import { planFacts } from '#draw/plan_facts'
import { mayCall, type DrawSight } from '#draw/policies/draw_access'
import { callViews, type CallView } from '#draw/queries/call_outs'
import { openContacts, TO_TALK_TO, type OpenContact } from '#draw/queries/open_contacts'
import { departuresOf, poolOf, seatsOf } from '#draw/queries/draws'
import { drawsUnderPermit } from '#draw/queries/rounds'
import { drawVocabulary } from '#draw/queries/vocabulary'
import { awaitedView, beaconView } from '#draw/queries/beacon_view'
import { drawPicture } from '#draw/queries/draw_picture'

/** Reasons of exclusion as the pool's figures show them: interests first, then standing, then time. */
const SHOWN_ORDER = [
  'party_employer',
  'party_former_employer',
  'party_group',
  'declared_interest',
  'reviewed_this_plan',
  'term_expired',
  'suspended',
  'not_listed',
  'over_age_limit',
  'specialty',
  'grade',
  'on_leave',
  'monthly_cap',
]

/** What anybody may know of a draw at any time: counts, times, fingerprints, the ruler without names. */
export async function drawProgress(draw: DrawRow) {
  const pool = await poolOf(draw.id)
  const commit = await entryIndex(reviewStream(draw.first_review_id), 'draw.committed', {
    drawId: draw.draw_id,
  })
  return {
    vocabulary: drawVocabulary(await regulation()),
    number: draw.number,
    status: draw.status,
    round: draw.round,
    algorithm: draw.rules.algorithm,
    level: draw.rules.level,
    steps: {
      committedAt: draw.committed_at.toISOString(),
      serverAt: draw.server_at?.toISOString() ?? null,
      witnessSince: draw.witness_since?.toISOString() ?? null,
      witnessCode: draw.status === 'completed' ? null : draw.witness_code,
      answeredAt: draw.witness_at?.toISOString() ?? null,
      completedAt: draw.completed_at?.toISOString() ?? null,
    },
    beacon: await beaconView(draw),
    pool: {
      library: draw.library_count,
      matched: draw.matched_count,
      eligible: draw.eligible_count,
      employers: draw.employer_count,
      excluded: Object.entries(draw.excluded)
        .map(([code, count]) => ({ code, count }))
        .sort((a, b) => SHOWN_ORDER.indexOf(a.code) - SHOWN_ORDER.indexOf(b.code)),
    },
    fingerprints: {
      drawId: draw.draw_id,
      planKey: draw.plan_key,
      poolRoot: draw.pool_root,
      rulesHash: draw.rules_hash,
      specHash: draw.spec_hash,
      serverKey: draw.rules.serverKey,
      witnessKey: draw.rules.witnessKey,
      serverProof: draw.proofs?.server ?? null,
      witnessProof: draw.proofs?.witness ?? null,
    },
    attempts: draw.attempts ?? [],
    widening: (draw.rules.widening ?? []).map(({ step }) => step),
    logIndex: commit,
    receipt: await receiptAt(commit),
    possibleSets: draw.result?.possibleSets ?? null,
    picture: drawPicture(
      draw,
      pool.map(({ leaf }) => leaf)
    ),
  }
}

/** The page of a draw for those who run it or watch over it. */
export async function drawView(draw: DrawRow, sight: DrawSight, actor: Actor) {
  const [plan, review, progress, seats, departures, inForce] = await Promise.all([
    planFacts(draw.plan_id),
    reviewById(draw.review_id),
    drawProgress(draw),
    seatsOf(draw.id),
    departuresOf(draw.id),
    regulation(),
  ])
  const [people, calls, contacts] = await Promise.all([
    peopleOfSeats(draw.id),
    callViews({ draw_id: draw.id }),
    openContacts(actor, draw.id, businessNow()),
  ])
  const { values } = inForce
  return {
    id: draw.id,
    sight,
    ...progress,
    plan: {
      id: plan.planId,
      number: plan.number,
      name: plan.name,
      projectName: plan.projectName,
      place: plan.place,
      categories: [...new Set(plan.works.map(({ category }) => category))],
      organiser: plan.organiser.name,
      agency: plan.agency?.name ?? null,
    },
    review: { id: review!.id, number: review!.number, state: review!.state },
    mainSpecialty: draw.rules.panel.mainSpecialty.split('+'),
    meeting: draw.meeting_at
      ? { at: draw.meeting_at.toISOString(), mode: draw.meeting_mode!, place: draw.meeting_place ?? '' }
      : null,
    meetingProposedAt: plan.meetingProposedAt?.toISOString() ?? null,
    rules: {
      panelMinimum: values['panel.minimum'].value,
      alternates: values['panel.alternates'].value,
      answerHours: values['invitation.answer_hours'].value,
      opensHour: values['invitation.window_opens_hour'].value,
      closesHour: values['invitation.window_closes_hour'].value,
      daysBefore: values['meeting.plan_days_before'].value,
      maximumReplacements: values['draw.maximum_replacements'].value,
      calls: values['call_out.attempts'].value,
      callMinutesApart: values['call_out.minutes_apart'].value,
      contactHours: values['contact.shown_hours'].value,
    },
    panelConfirmedAt: draw.panel_confirmed_at?.toISOString() ?? null,
    panelIsDefault: draw.panel_is_default,
    samePermit: sight === 'supervisor' ? await drawsUnderPermit(draw) : [],
    replacements: departures.filter(({ status }) => status === 'filled').length,
    mayCall: mayCall(actor, draw),
    seats: seats.map((seat) => seatView(seat, draw, { people, departures, calls, contacts })),
  }
}

function seatView(
  seat: SeatRow,
  draw: DrawRow,
  known: {
    people: Map<string, { name: string; employer: string; title: string }>
    departures: readonly DepartureRow[]
    calls: Map<string, CallView[]>
    contacts: Map<string, OpenContact>
  }
) {
  const { people, departures } = known
  const departure = departures.find((one) => one.seat === seat.seat)
  return {
    id: seat.id,
    seat: seat.seat,
    pin: seat.pin,
    rosterNo: seat.roster_no,
    ...people.get(seat.id)!,
    specialty: seat.matched,
    isMain: seat.is_main,
    ticket: seat.ticket,
    state: seat.state,
    leftAs: seat.left_as,
    replacesSeat: seat.replaces_seat,
    replacedBySeat: seat.replaced_by_seat,
    /** What the refilling of this place waits for. */
    refill:
      departure && departure.status !== 'filled'
        ? {
            status: departure.status,
            outcome: departure.outcome,
            awaited: departure.status === 'logged' ? awaitedView(departure) : null,
          }
        : null,
    invitedAt: seat.invited_at?.toISOString() ?? null,
    answerDueAt: seat.answer_due_at?.toISOString() ?? null,
    answeredAt: seat.answered_at?.toISOString() ?? null,
    reasonCode: seat.reason_code,
    reason: seat.reason,
    role: seat.role,
    letter: seat.letter,
    inDefault: draw.default_panel?.includes(seat.seat) ?? false,
    calls: known.calls.get(seat.id) ?? [],
    /** Open to whoever asks, by a look of their own that has not ended. */
    contact: TO_TALK_TO.includes(seat.state) ? (known.contacts.get(seat.user_id) ?? null) : null,
  }
}

async function peopleOfSeats(
  drawId: string
): Promise<Map<string, { name: string; employer: string; title: string }>> {
  const rows = await db.rawQuery(
    `SELECT s.id, u.name, e.title, coalesce((
       SELECT o.name FROM expert_employments m JOIN organisations o ON o.id = m.organisation_id
       WHERE m.expert_id = e.id ORDER BY (m.until_day IS NULL) DESC, m.from_day DESC, o.id LIMIT 1
     ), '') AS employer
     FROM draw_seats s JOIN users u ON u.id = s.user_id JOIN experts e ON e.id = s.expert_id WHERE s.draw_id = ?`,
    [drawId]
  )
  return new Map(rows.rows.map(({ id, name, employer, title }: any) => [id, { name, employer, title }]))
}
