import { newId } from '#core/ids'
import type { EventData } from '#lib/room/events'
import type { Phase } from '#lib/room/words'
import { advance, lockReview, reviewStream, setReviewFacts, type ReviewActor } from '#reviews/public'
import { concluded } from '#sessions/events/concluded'
import { finalise } from '#sessions/projections/finalise'
import { settleText } from '#sessions/projections/items'
import type { Projecting } from '#sessions/projections/project'

type Data<T extends keyof EventData> = EventData[T]

/** The meeting's own row, and with it the life of the review. */
export const MEETING_PROJECTIONS = {
  'phase.changed': async (context: Projecting, data: Data<'phase.changed'>) => {
    const { unit, session, log, before } = context
    const { phase, stage } = data
    const ended = phase === 'concluded' || phase === 'adjourned' || phase === 'ended'
    const started = session.started_at === null && phase === 'in_session' ? { started_at: unit.at } : {}
    await unit.update('review_sessions', session.id, {
      phase,
      stage,
      ended_at: ended ? unit.at : null,
      ...started,
    })
    if (phase === 'paused' || ended) {
      unit.entry({
        stream: reviewStream(session.review_id),
        type: 'session.log',
        payload: { operations: log.seq, hash: log.hash },
      })
    }
    if (phase === 'read_out') for (const item of context.after.panel.items) await settleText(context, item)
    return moveReview(context, before.room.phase, data)
  },
  'stage.changed': async ({ unit, session }: Projecting, { stage }: Data<'stage.changed'>) => {
    await unit.update('review_sessions', session.id, { stage })
  },
  'conclusion.fixed': async (
    context: Projecting,
    { conclusion, reasons, dissent }: Data<'conclusion.fixed'>
  ) => {
    const { unit, session } = context
    await unit.update('review_sessions', session.id, { conclusion, reasons, dissent })
    await setReviewFacts(unit, session.review_id, { conclusion })
    await finalise(context)
  },
  'conclusion.voted': async (
    { unit, session }: Projecting,
    { seatId, conclusion, reason }: Data<'conclusion.voted'>
  ) => {
    const row = {
      id: newId(),
      review_id: session.review_id,
      seat_id: seatId,
      conclusion,
      reason,
      at: unit.at,
    }
    await unit.insert('session_conclusion_votes', row)
  },
  'judgement.set': async ({ unit, session, after }: Projecting) => {
    await unit.update('review_sessions', session.id, { judgements: after.panel.judgements })
  },
  'scribe.admitted': async ({ unit, session, after }: Projecting) => {
    await unit.update('review_sessions', session.id, { scribes: after.panel.scribes })
  },
  'scribe.dismissed': async ({ unit, session, after }: Projecting) => {
    await unit.update('review_sessions', session.id, { scribes: after.panel.scribes })
  },
  'seats.changed': async ({ unit, session }: Projecting, { seats, reason }: Data<'seats.changed'>) => {
    const rows = await unit.trx.from('session_seats').where('review_id', session.review_id)
    for (const seat of seats) {
      const row = rows.find((one) => one.id === seat.seatId)
      if (!row || (row.role === seat.role && row.sits === seat.sits)) continue
      const gone = row.sits && !seat.sits ? { left_because: reason ?? 'replaced' } : {}
      await unit.update('session_seats', seat.seatId, { role: seat.role, sits: seat.sits, ...gone })
    }
  },
  'recording.changed': async ({ unit, session }: Projecting, { state }: Data<'recording.changed'>) => {
    await unit.update('review_sessions', session.id, { recording: state })
  },
  'attendee.checked': async (context: Projecting, { code, name, delegate }: Data<'attendee.checked'>) => {
    await attendee(context, code, { name, delegate, waived_because: null })
  },
  'attendee.waived': async (context: Projecting, { code, reason }: Data<'attendee.waived'>) => {
    await attendee(context, code, { name: '', delegate: false, waived_because: reason })
  },
}

const STEPS: Partial<Record<Phase, string>> = {
  in_session: 'open_meeting',
  deliberation: 'deliberate',
  read_out: 'read_out',
  concluded: 'conclude',
  adjourned: 'adjourn',
  paused: 'pause',
  scheduled: 'schedule',
}

async function moveReview(
  context: Projecting,
  from: Phase,
  { phase, because, reason }: Data<'phase.changed'>
) {
  const { unit, session, actor } = context
  const event =
    from === 'paused' && !['adjourned', 'ended', 'paused'].includes(phase) ? 'resume' : STEPS[phase]
  if (!event) return
  const as: ReviewActor =
    because === 'leader'
      ? 'leader'
      : because !== 'host'
        ? 'program'
        : actor.kind === 'agency'
          ? 'agency'
          : 'organiser'
  const review = await lockReview(unit.trx, session.review_id)
  if (event === 'open_meeting' && review.state === 'PRE_REVIEW') {
    // The host fixed the time when the panel was confirmed; opening at that time is what it was fixed for.
    const scheduled = await advance(unit, {
      reviewId: review.id,
      event: 'schedule',
      as: 'organiser',
      payload: { by: session.scheduled_by },
    })
    if (!scheduled.ok) return scheduled
  }
  const moved = await advance(unit, { reviewId: review.id, event, as, ...(reason ? { reason } : {}) })
  if (!moved.ok) return moved
  if (phase === 'concluded') await concluded(unit, moved.value)
  return moved
}

async function attendee(
  { unit, session }: Projecting,
  code: string,
  set: { name: string; delegate: boolean; waived_because: string | null }
) {
  const row = await unit.trx.from('session_attendees').where({ review_id: session.review_id, code }).first()
  if (row) return unit.update('session_attendees', row.id, { ...set, at: unit.at })
  return unit.insert('session_attendees', {
    id: newId(),
    review_id: session.review_id,
    code,
    ...set,
    at: unit.at,
  })
}
