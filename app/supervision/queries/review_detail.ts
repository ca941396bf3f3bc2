import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { drawOfReview } from '#draw/public'
import { openingOf } from '#supervision/policies/recording_access'

/** One recorded review before its recording is opened: what it was, its inspections, and who has looked. */
export async function reviewDetail(actor: Actor, reviewId: string) {
  const row = await db
    .from('review_sessions as s')
    .join('reviews as r', 'r.id', 's.review_id')
    .join('plans as p', 'p.id', 's.plan_id')
    .leftJoin('session_recordings as c', 'c.review_id', 's.review_id')
    .where('s.review_id', reviewId)
    .select(
      'r.number',
      'r.round',
      'r.state',
      'r.conclusion',
      's.mode',
      's.place',
      's.started_at',
      's.ended_at'
    )
    .select(
      'p.id as plan_id',
      'p.name as plan_name',
      'p.project_name',
      'c.finished_at',
      'c.kept_until',
      'c.id as recording_id'
    )
    .first()
  if (!row) throw notFound()
  const draw = await drawOfReview(reviewId)
  const opening = await openingOf(actor, reviewId)
  return {
    reviewId,
    number: row.number as string | null,
    round: row.round as number,
    state: row.state as string,
    conclusion: row.conclusion as string | null,
    planId: row.plan_id as string,
    planName: row.plan_name as string,
    projectName: row.project_name as string,
    mode: row.mode as string,
    place: row.place as string,
    startedAt: iso(row.started_at),
    endedAt: iso(row.ended_at),
    recording: row.recording_id ? { finishedAt: iso(row.finished_at), keptUntil: iso(row.kept_until) } : null,
    draw: draw && draw.status === 'completed' ? { id: draw.id, number: draw.number } : null,
    openInspection: opening?.inspection_id ?? null,
    inspections: await inspectionsOf(reviewId),
    openings: await openingsOf(reviewId),
  }
}

async function inspectionsOf(reviewId: string) {
  const rows = await db
    .from('inspections as i')
    .join('users as u', 'u.id', 'i.opened_by')
    .where('i.review_id', reviewId)
    .orderBy('i.opened_at', 'desc')
    .select('i.*', 'u.name as opener')
    .select(db.raw('(SELECT count(*) FROM inspection_findings f WHERE f.inspection_id = i.id) AS findings'))
  return rows.map((row) => ({
    id: row.id as string,
    number: row.number as string,
    reason: row.reason as string,
    openedBy: row.opener as string,
    openedAt: iso(row.opened_at)!,
    closedAt: iso(row.closed_at),
    findings: Number(row.findings),
  }))
}

async function openingsOf(reviewId: string) {
  const rows = await db
    .from('recording_openings as o')
    .join('inspections as i', 'i.id', 'o.inspection_id')
    .join('users as u', 'u.id', 'o.by_user_id')
    .where('o.review_id', reviewId)
    .orderBy('o.at', 'desc')
    .limit(50)
    .select('o.id', 'o.at', 'i.number', 'u.name')
  return rows.map((row) => ({
    id: row.id as string,
    at: iso(row.at)!,
    number: row.number as string,
    by: row.name as string,
  }))
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
