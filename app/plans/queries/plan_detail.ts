import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { regulation } from '#core/jurisdiction'
import { filingDeadline, latestDelivery, possibleEvents, reviewOfPlan, transitionsOf } from '#reviews/public'
import { approvalKindOf } from '#plans/actions/decide_approval'
import { contentIsOpen, newVersionEvent } from '#plans/domain/a_version_under_review_cannot_change'
import { openApprovals, type ApprovalKind } from '#plans/domain/approvals_follow_in_order'
import { backwardSchedule } from '#plans/domain/schedule_counts_back_from_the_meeting'
import { whatIsLacking } from '#plans/domain/what_a_plan_still_lacks'
import type { ApprovalRow, CheckRow, PartyRow, PlanRow, VersionRow } from '#plans/models/rows'
import { hostOf, mayEdit, seesDrafts } from '#plans/policies/visible_plans'
import { approvalsOf, checksOf, partiesOf, planFor, versionsFor, worksOf } from '#plans/queries/load_plan'
import { planContent } from '#plans/queries/plan_content'
import { versionReceipt } from '#plans/queries/version_receipt'

/** Everything the plan's page shows, for this person. @throws 404 for others' plans. */
export async function planDetail(actor: Actor, id: string) {
  const plan = await planFor(actor, id)
  const review = (await reviewOfPlan(id))!
  const [works, parties, versions, history, organisations] = await Promise.all([
    worksOf(id),
    partiesOf(id),
    versionsFor(actor, plan),
    transitionsOf(review.id),
    db.from('organisations').whereIn(
      'id',
      [plan.organisation_id, plan.agency_organisation_id].filter((one) => one !== null)
    ),
  ])
  const ids = versions.map((version) => version.id)
  const [checks, approvals] = await Promise.all([checksOf(ids), approvalsOf(ids)])
  const latest = versions[0] ?? null
  const writing = checks.find((check) => check.version_id === latest?.id && check.step === 'writing') ?? null
  const rules = await regulation()
  const { lacks, met } = whatIsLacking(planContent(plan, review, works, parties, latest, writing), rules)
  const approved = approvals
    .filter((one) => one.version_id === latest?.id && one.decision === 'approve')
    .map((one) => one.step)
  const open = latest
    ? openApprovals({
        reviewState: review.state,
        conclusion: review.conclusion,
        versionState: latest.state,
        bySubcontractor: plan.by_subcontractor,
        approved,
      })
    : []
  const name = (organisation: string | null) =>
    organisations.find((one) => one.id === organisation)?.name ?? null
  const mine = approvalKindOf(actor, parties)
  const editor = mayEdit(actor, plan)
  const host = hostOf(actor, plan)
  const facts = {
    review_required: review.reviewRequired,
    conclusion: review.conclusion,
    interrupted: review.interrupted,
  }
  return {
    ...head(plan),
    organisation: { id: plan.organisation_id, name: name(plan.organisation_id)! },
    agency: plan.agency_organisation_id
      ? { id: plan.agency_organisation_id, name: name(plan.agency_organisation_id)! }
      : null,
    works: works.map(({ category, parameters, context }) => ({ category, parameters, context })),
    parties: parties.map(partyOut),
    versions: versions.map((version) => versionOut(version, approvals, checks)),
    review: {
      id: review.id,
      number: review.number,
      round: review.round,
      state: review.state,
      stateSince: review.stateSince.toISOString(),
      reviewRequired: review.reviewRequired,
      conclusion: review.conclusion,
      history,
    },
    lacks: seesDrafts(actor, plan) ? lacks : [],
    met: met + approved.length,
    openApprovals: open.map((kind) => ({
      kind,
      ...waitsFor(kind, parties),
      since: review.stateSince.toISOString(),
    })),
    schedule: plan.meeting_proposed_at ? scheduleOut(plan.meeting_proposed_at, rules) : null,
    receipt: latest ? await versionReceipt(latest.id) : null,
    mine: {
      edits: editor,
      contentOpen: editor && contentIsOpen(review.state),
      uploads: editor && newVersionEvent(review.state, review.conclusion).ok,
      approves: mine && open.includes(mine) ? mine : null,
      reviewer: mine,
      hosts: host,
      submits: host !== null && possibleEvents(review.state, host, facts).includes('submit'),
      begins: editor && possibleEvents(review.state, 'contractor', facts).includes('new_round'),
      sees: seesDrafts(actor, plan) ? 'drafts' : 'handed_over',
    },
  }
}

function head(plan: PlanRow) {
  return {
    id: plan.id,
    number: plan.number,
    name: plan.name,
    projectName: plan.project_name,
    projectPlace: plan.project_place,
    permit: plan.permit,
    part: plan.part,
    summary: plan.summary,
    reviewKind: plan.review_kind,
    voluntaryReason: plan.voluntary_reason,
    bySubcontractor: plan.by_subcontractor,
    delegated: plan.agency_organisation_id !== null,
    meetingProposedAt: plan.meeting_proposed_at?.toISOString() ?? null,
    assessment: plan.assessment?.works ?? null,
    hazardous: plan.hazardous,
    reviewRequired: plan.review_required,
    assessedAt: plan.assessed_at?.toISOString() ?? null,
    implementableVersionId: plan.implementable_version_id,
    createdAt: plan.created_at.toISOString(),
  }
}

function partyOut(party: PartyRow) {
  return {
    role: party.role,
    organisation: party.organisation_id
      ? { id: party.organisation_id, name: party.organisation_name! }
      : null,
    pending: party.organisation_id === null,
    lead: party.lead_user_id ? { name: party.lead_name!, mobileMasked: party.lead_mobile! } : null,
  }
}

function versionOut(version: VersionRow, approvals: readonly ApprovalRow[], checks: readonly CheckRow[]) {
  return {
    id: version.id,
    number: version.number,
    fileName: version.file_name,
    sha256: version.sha256,
    size: version.size,
    pageCount: version.page_count,
    note: version.note,
    siteCode: version.site_code,
    state: version.state,
    works: version.works,
    chapters: version.chapters,
    drawings: version.drawings,
    uploadedBy: version.uploaded_by_name,
    uploadedAt: version.uploaded_at.toISOString(),
    approvals: approvals
      .filter((one) => one.version_id === version.id)
      .map((one) => ({
        kind: one.step,
        decision: one.decision,
        signer: one.signer_name,
        registrationNumber: one.registration_number,
        reasons: one.reasons,
        scanned: one.scan_sha256 !== null,
        at: one.at.toISOString(),
      })),
    checks: checks
      .filter((check) => check.version_id === version.id)
      .map((check) => ({ step: check.step, items: check.items, at: check.at.toISOString() })),
  }
}

function waitsFor(kind: ApprovalKind, parties: readonly PartyRow[]) {
  const role =
    kind === 'supervision' ? 'supervision' : kind === 'contractor' ? 'general_contractor' : 'subcontractor'
  const party = parties.find((one) => one.role === role)
  return { organisation: party?.organisation_name ?? null, person: party?.lead_name ?? null }
}

function scheduleOut(meetingAt: Date, rules: Awaited<ReturnType<typeof regulation>>) {
  const plan = backwardSchedule(
    { meetingAt, deliverBy: latestDelivery(meetingAt, rules), fileBy: filingDeadline(meetingAt, rules).at },
    rules.utc_offset_minutes
  )
  return {
    supervisionDoneBy: plan.supervisionDoneBy.toISOString(),
    drawOn: plan.drawOn,
    deliverBy: plan.deliverBy.toISOString(),
    meetingAt: plan.meetingAt.toISOString(),
    fileBy: plan.fileBy.toISOString(),
  }
}
