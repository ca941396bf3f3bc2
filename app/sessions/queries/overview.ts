import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import { earliestMeeting } from '#reviews/public'
import type { SessionOverview, SessionSummary } from '#lib/room/protocol'
import type { SessionRow } from '#sessions/models/rows'
import { mayEnter } from '#sessions/policies/may_enter'
import { viewerOf, type Viewer } from '#sessions/policies/viewer'
import { toMe } from '#sessions/queries/parts'
import { planOfSession } from '#sessions/queries/plan_of_session'
import { seatsOf, sessionOf } from '#sessions/queries/sessions'
import { meetingMedia } from '#sessions/recording/meeting_media'

/** The session as this person may see it. @throws 404 for whoever has no place in it (SEC-2). */
export async function sessionFor(
  actor: Actor,
  reviewId: string
): Promise<{ session: SessionRow; viewer: Viewer }> {
  const session = await sessionOf(reviewId)
  const viewer = session && (await viewerOf(actor, session))
  if (!session || !viewer) throw notFound()
  return { session, viewer }
}

/** Reviews in which this person has a place, the next meeting first. */
export async function sessionsOf(actor: Actor): Promise<SessionSummary[]> {
  const query = db.from('review_sessions as s').orderBy('s.scheduled_at').select('s.*')
  if (actor.kind === 'expert') {
    query.whereExists(
      (seat) =>
        void seat
          .from('session_seats')
          .whereColumn('review_id', 's.review_id')
          .where('user_id', actor.userId)
          .whereNull('left_at')
    )
  } else if (actor.kind !== 'centre' && actor.kind !== 'authority') {
    if (!actor.organisationId) return []
    query.whereRaw(
      `(EXISTS (SELECT 1 FROM plans p WHERE p.id = s.plan_id AND ? IN (p.organisation_id, p.agency_organisation_id))
        OR EXISTS (SELECT 1 FROM plan_parties l WHERE l.plan_id = s.plan_id AND l.lead_user_id = ?)
        OR EXISTS (SELECT 1 FROM session_guests g WHERE g.review_id = s.review_id AND g.user_id = ?))`,
      [actor.organisationId, actor.userId, actor.userId]
    )
  }
  const rows: SessionRow[] = await query.limit(500)
  const summaries: SessionSummary[] = []
  for (const session of rows) {
    const viewer = await viewerOf(actor, session)
    if (viewer) summaries.push(await summary(session, viewer))
  }
  return summaries
}

async function summary(session: SessionRow, viewer: Viewer): Promise<SessionSummary> {
  const plan = await planOfSession(session.plan_id)
  const review = await db.from('reviews').where('id', session.review_id).select('number').firstOrFail()
  return {
    reviewId: session.review_id,
    number: review.number,
    planName: plan.name,
    projectName: plan.projectName,
    phase: session.phase,
    role: viewer.role,
    scheduledAt: session.scheduled_at?.toISOString() ?? '',
    complete: viewer.complete,
  }
}

export async function overviewFor(actor: Actor, reviewId: string): Promise<SessionOverview> {
  const { session, viewer } = await sessionFor(actor, reviewId)
  const plan = await planOfSession(session.plan_id)
  const seats = await seatsOf(reviewId)
  const seesNames = viewer.role !== 'party' || session.started_at !== null
  const seesProgress = ['host', 'scribe', 'supervisor'].includes(viewer.role)
  const health = meetingMedia.health
  return {
    ...(await summary(session, viewer)),
    me: toMe(viewer),
    mode: session.mode,
    place: session.place,
    earliest: earliestMeeting(session.delivered_at, await regulation()).toISOString(),
    deliveredAt: session.delivered_at.toISOString(),
    startedAt: session.started_at?.toISOString() ?? null,
    endedAt: session.ended_at?.toISOString() ?? null,
    plan: {
      planId: plan.planId,
      versionId: session.version_id,
      versions: plan.versions.map(({ versionId, number, pages, fileName }) => ({
        versionId,
        number,
        pages,
        fileName,
      })),
    },
    seats: seesNames
      ? seats.map((seat) => ({
          seatId: seat.id,
          letter: seat.letter,
          name: seat.name,
          role: seat.role,
          employer: seat.employer,
          title: seat.title,
          specialty: seat.specialty,
          sits: seat.sits,
          ...(seesProgress ? { complete: seat.complete_at !== null } : {}),
        }))
      : [],
    signedIn:
      (await db.from('session_sign_ins').where({ review_id: reviewId, user_id: viewer.userId }).first()) !==
      null,
    mayEnter: mayEnter(session, viewer) === null,
    mediaHealth: {
      state: health.state,
      ...(health.state === 'unavailable' ? { reason: health.reason } : {}),
    },
  }
}
