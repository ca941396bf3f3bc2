import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { notFound } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { fail, ok, type Result } from '#lib/result'
import { setDeadline } from '#messages/public'
import {
  handOverRevision,
  latestVersion,
  lockPlan,
  versionsOf,
  type PlanRow,
  type VersionRow,
} from '#plans/public'
import {
  advance,
  leaderCheckDeadline,
  lockReview,
  reviewStream,
  type AdvanceError,
  type Review,
  type ReviewState,
} from '#reviews/public'
import { clearAnswerDeadlines } from '#reports/revision/actions/call_for_answers'
import { releaseReviewedVersion } from '#reports/revision/actions/release_version'
import { submissionFaults, type SubmissionFault } from '#reports/revision/domain/answers_are_complete'
import { submittingIsOpen } from '#reports/revision/domain/answering_is_open'
import type { Answer, ItemRow, RevisionRow } from '#reports/revision/models/rows'
import { mayAnswer, reviewInSight } from '#reports/revision/policies/revision_access'
import { answersOf, itemsOf, revisionOf, submissionsOf } from '#reports/revision/queries/load_revision'
import { tell } from '#reports/revision/tell'

const REMIND_BEFORE_MS = 24 * 3_600_000

export type SubmitError =
  | AdvanceError
  | { code: 'E_ANSWERS_CLOSED'; state: ReviewState }
  | { code: 'E_ANSWERS_INCOMPLETE'; faults: SubmissionFault[] }
  /** A colleague changed answers that this page has not shown. */
  | { code: 'E_ANSWERS_CHANGED'; items: string[] }
  | { code: 'E_REVISED_VERSION_MISSING' }
  | { code: 'E_PLAN_LACKS'; lacks: unknown[] }
  | { code: 'E_VERSION_FIXED'; number: number }

export interface Submission {
  /** Whether a changed plan comes with the answers. After 修改后通过 always, after 通过 where it was changed. */
  readonly withVersion: boolean
  /** The revision of each answer as the page shows it. */
  readonly seen: Readonly<Record<string, number>>
}

interface Case {
  readonly review: Review
  readonly plan: PlanRow
  readonly revision: RevisionRow
}

/**
 * Rules REP-3, REP-10: the answers and the version they speak of go out together and stay as they are. After
 * 修改后通过 the leader looks first; after 通过 a changed plan goes straight through PLAN-3, an unchanged one may
 * be built.
 */
export async function submitRevision(actor: Actor, reviewId: string, input: Submission) {
  await reviewInSight(actor, reviewId)
  return recordResult<{ state: string; number: number }, SubmitError>(actor, async (unit) => {
    const found = await lockCase(unit, actor, reviewId)
    const items = await itemsOf(found.revision.id, unit.trx)
    const before = await submissionsOf(found.revision.id, unit.trx)
    const { state, conclusion } = found.review
    if (!submittingIsOpen(state, conclusion, before.length)) return fail({ code: 'E_ANSWERS_CLOSED', state })
    const answers = await answersAsSeen(unit, found.revision, input.seen)
    if (!answers.ok) return answers
    const version = await versionFor(unit, found, input.withVersion || conclusion === 'REVISE')
    if (!version.ok) return version
    const faults = submissionFaults(items, answers.value, version.value.page_count)
    if (faults.length > 0) return fail({ code: 'E_ANSWERS_INCOMPLETE', faults })
    const number = (before[0]?.number ?? 0) + 1
    const dueAt = conclusion === 'REVISE' ? leaderCheckDeadline(unit.at, await regulation()).at : null
    await keep(unit, found, { number, version: version.value, answers: answers.value, dueAt })
    await clearAnswerDeadlines(unit, reviewId)
    const moved = await goOn(unit, found, version.value, items, dueAt)
    return moved.ok ? ok({ state: moved.value.state, number }) : moved
  })
}

async function lockCase(unit: UnitOfWork, actor: Actor, reviewId: string): Promise<Case> {
  const seen = await unit.trx.from('reviews').where('id', reviewId).firstOrFail()
  // The plan before the review, as everywhere: two orders would deadlock.
  const plan = await lockPlan(unit.trx, seen.plan_id)
  const review = await lockReview(unit.trx, reviewId)
  const revision = await revisionOf(reviewId, unit.trx)
  if (!revision || !mayAnswer(actor, plan)) throw notFound()
  return { review, plan, revision }
}

async function answersAsSeen(
  unit: UnitOfWork,
  revision: RevisionRow,
  seen: Readonly<Record<string, number>>
): Promise<Result<Map<string, Answer>, SubmitError>> {
  const rows = await answersOf(revision.id, unit.trx)
  const changed = rows.filter((row) => seen[row.item_id] !== row.revision).map(({ item_id }) => item_id)
  if (changed.length > 0) return fail({ code: 'E_ANSWERS_CHANGED', items: changed })
  return ok(
    new Map(
      rows.map(({ item_id, taken, change, page, reason }) => [item_id, { taken, change, page, reason }])
    )
  )
}

/** The version that the answers speak of; a draft is handed over with them, by the same checks as ever. */
async function versionFor(
  unit: UnitOfWork,
  { review, plan, revision }: Case,
  changed: boolean
): Promise<Result<VersionRow, SubmitError>> {
  if (!changed) {
    // Advice that is answered after a changed plan was released speaks of the released version.
    const spoken =
      review.state === 'IMPLEMENTABLE' ? plan.implementable_version_id : revision.reviewed_version_id
    return ok((await versionsOf(plan.id, unit.trx)).find(({ id }) => id === spoken)!)
  }
  const latest = await latestVersion(plan.id, unit.trx)
  if (
    !latest ||
    latest.id === revision.reviewed_version_id ||
    ['returned', 'superseded'].includes(latest.state)
  )
    return fail({ code: 'E_REVISED_VERSION_MISSING' })
  if (latest.state !== 'draft') return ok(latest)
  const handed = await handOverRevision(unit, plan, review)
  return handed.ok ? ok(latest) : handed
}

async function keep(
  unit: UnitOfWork,
  { review, revision }: Case,
  given: { number: number; version: VersionRow; answers: Map<string, Answer>; dueAt: Date | null }
): Promise<void> {
  const id = newId()
  const { number, version, answers, dueAt } = given
  await unit.insert('revision_submissions', {
    id,
    revision_id: revision.id,
    number,
    version_id: version.id,
    version_sha256: version.sha256,
    answers: Object.fromEntries(answers),
    by_user_id: unit.actor.userId!,
    at: unit.at,
    due_at: dueAt,
  })
  unit.entry({
    stream: reviewStream(review.id),
    type: 'revision.submitted',
    payload: { submission: id, number, version: version.id, sha256: version.sha256 },
  })
}

async function goOn(
  unit: UnitOfWork,
  { review, plan, revision }: Case,
  version: VersionRow,
  items: readonly ItemRow[],
  dueAt: Date | null
): Promise<Result<Review, SubmitError>> {
  if (review.conclusion === 'PASS') {
    const unchanged = version.id === revision.reviewed_version_id
    return unchanged && review.state === 'FILED'
      ? releaseReviewedVersion(unit, revision, 'contractor')
      : ok(review)
  }
  const moved = await advance(unit, {
    reviewId: review.id,
    event: 'submit_revision',
    as: 'contractor',
    payload: { version: version.id, sha256: version.sha256 },
  })
  if (!moved.ok) return moved
  const params = {
    plan: plan.name,
    number: review.number,
    version: version.number,
    count: items.length,
    dueAt: dueAt!.toISOString(),
  }
  const href = `/revisions/${review.id}`
  const userId = revision.leader_user_id
  const sms = `论证 ${review.number ?? ''} 修改稿待您填写审查意见。`
  await tell(unit, { userIds: [userId], kind: 'revision.submitted', params, href, objectId: review.id }, sms)
  const remindAt = new Date(dueAt!.getTime() - REMIND_BEFORE_MS)
  await setDeadline(unit, {
    objectId: review.id,
    kind: 'revision_check',
    userId,
    params,
    href,
    dueAt: dueAt!,
    remindAt,
  })
  return moved
}
