import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { versionsOf, type VersionRow } from '#plans/public'
import { reviewById, type Review } from '#reviews/public'
import { filingOf } from '#reports/filing/queries/filing_parts'
import { filingStanding } from '#reports/filing/queries/filing_view'
import { editionOf, reportOfReview } from '#reports/queries/load_report'
import { submissionFaults } from '#reports/revision/domain/answers_are_complete'
import { answeringIsOpen, submittingIsOpen } from '#reports/revision/domain/answering_is_open'
import type { AnswerRow, OpinionRow, RevisionRow, SubmissionRow } from '#reports/revision/models/rows'
import {
  isLeader,
  mayAnswer,
  reviewInSight,
  seesDraftAnswers,
} from '#reports/revision/policies/revision_access'
import {
  answersOf,
  itemsOf,
  opinionsOn,
  revisionOf,
  submissionsOf,
} from '#reports/revision/queries/load_revision'

/** 修改与回复: items, answers, versions, the leader's opinions, as far as this person may see them. @throws 404 */
export async function revisionView(actor: Actor, reviewId: string) {
  await reviewInSight(actor, reviewId)
  const revision = await revisionOf(reviewId)
  const review = await reviewById(reviewId)
  if (!revision || !review) throw notFound()
  const plan = await db.from('plans').where('id', revision.plan_id).firstOrFail()
  const [items, drafts, submissions, versions, report, filing] = [
    await itemsOf(revision.id),
    await answersOf(revision.id),
    await submissionsOf(revision.id),
    await versionsOf(revision.plan_id),
    (await reportOfReview(reviewId))!,
    await filingOf(reviewId),
  ]
  const opinions = await opinionsOn(submissions.map(({ id }) => id))
  const leader = await db.from('users').where('id', revision.leader_user_id).firstOrFail()
  const own = seesDraftAnswers(actor, plan)
  const answering =
    mayAnswer(actor, plan) && answeringIsOpen(review.state, review.conclusion, submissions.length)
  const judging = isLeader(actor, revision) && review.state === 'REVISION_SUBMITTED'
  const speaksOf = versionSpokenOf(review, revision, versions)
  const edition = await editionOf(report)
  return {
    review: {
      id: reviewId,
      number: review.number,
      state: review.state,
      stateSince: review.stateSince.toISOString(),
      conclusion: review.conclusion,
    },
    plan: { id: plan.id, number: plan.number, name: plan.name, projectName: plan.project_name },
    report: {
      id: report.id,
      code: report.code,
      issuedAt: report.issued_at?.toISOString() ?? null,
      sha256: edition?.certified_sha256 ?? null,
    },
    leader: { name: leader.name },
    filing: filing ? await filingStanding(filing) : null,
    due: {
      answers: revision.answers_due_at?.toISOString() ?? null,
      check: openCheck(review, submissions)?.toISOString() ?? null,
    },
    items: items.map(({ id, kind, number, place, text, basis }) => ({
      id,
      kind,
      number,
      place,
      text,
      basis,
    })),
    answers: own ? Object.fromEntries(drafts.map((row) => [row.item_id, answerOut(row)])) : null,
    faults: own
      ? submissionFaults(items, new Map(drafts.map((row) => [row.item_id, row])), speaksOf.page_count)
      : null,
    versions: {
      reviewed: versionOut(versions.find(({ id }) => id === revision.reviewed_version_id)!),
      revised: revisedOut(revision, versions, own),
      implementable: versionsOut(versions, plan.implementable_version_id),
    },
    submissions: submissions.map((submission) => submissionOut(submission, opinions, versions)),
    draft: judging ? await draftOut(submissions[0]!) : null,
    mine: {
      answers: answering,
      submits:
        mayAnswer(actor, plan) && submittingIsOpen(review.state, review.conclusion, submissions.length),
      judges: judging,
    },
  }
}

/** The pages that an answer may name: those of the new version once there is one. */
function versionSpokenOf(review: Review, revision: RevisionRow, versions: readonly VersionRow[]): VersionRow {
  const reviewed = versions.find(({ id }) => id === revision.reviewed_version_id)!
  const latest = versions[0]!
  if (latest.id === reviewed.id) return reviewed
  return review.conclusion === 'REVISE' || latest.page_count > reviewed.page_count ? latest : reviewed
}

function openCheck(review: Review, submissions: readonly SubmissionRow[]): Date | null {
  return review.state === 'REVISION_SUBMITTED' ? (submissions[0]?.due_at ?? null) : null
}

function answerOut({ taken, change, page, reason, revision, by_name, saved_at }: AnswerRow) {
  return { taken, change, page, reason, revision, by: by_name, savedAt: saved_at.toISOString() }
}

function versionOut(version: VersionRow) {
  const { id, number, sha256, page_count, state, site_code, uploaded_at } = version
  return {
    id,
    number,
    sha256,
    pageCount: page_count,
    state,
    siteCode: site_code,
    uploadedAt: uploaded_at.toISOString(),
  }
}

function versionsOut(versions: readonly VersionRow[], id: string | null) {
  const found = versions.find((version) => version.id === id)
  return found ? versionOut(found) : null
}

/** The newest version after the reviewed one; a draft is the writers' own (PLAN-4). */
function revisedOut(revision: RevisionRow, versions: readonly VersionRow[], own: boolean) {
  const [latest] = versions.filter(({ state }) => own || state !== 'draft')
  return latest && latest.id !== revision.reviewed_version_id ? versionOut(latest) : null
}

function submissionOut(
  submission: SubmissionRow,
  opinions: readonly OpinionRow[],
  versions: readonly VersionRow[]
) {
  const opinion = opinions.find(({ submission_id }) => submission_id === submission.id)
  return {
    number: submission.number,
    version: versionsOut(versions, submission.version_id),
    answers: submission.answers,
    by: submission.by_name,
    at: submission.at.toISOString(),
    dueAt: submission.due_at?.toISOString() ?? null,
    opinion: opinion
      ? {
          decision: opinion.decision,
          text: opinion.text,
          judged: opinion.judged,
          by: opinion.by_name,
          at: opinion.at.toISOString(),
        }
      : null,
  }
}

async function draftOut(submission: SubmissionRow) {
  const row = await db.from('leader_opinion_drafts').where('submission_id', submission.id).first()
  return row
    ? { text: row.text, judged: row.judged, revision: row.revision, savedAt: row.saved_at.toISOString() }
    : { text: '', judged: {}, revision: 0, savedAt: null }
}
