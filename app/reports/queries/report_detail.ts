import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { regulation } from '#core/jurisdiction'
import { filingDeadline, reviewById } from '#reviews/public'
import { livingCertificate } from '#pki/public'
import { assembleReport, conclusionOf } from '#reports/assembly/assemble_report'
import { draftOf } from '#reports/assembly/report_draft'
import { buildStepOf } from '#reports/actions/build_steps'
import { reportFaults } from '#reports/domain/report_is_ready'
import type { EditionRow, MemberRow, ReportRow, RevisionRow } from '#reports/models/rows'
import { mayReadFile } from '#reports/policies/visible_reports'
import { editionOf, membersOf, refusalsOf, revisionsOf } from '#reports/queries/load_report'
import { reportFacts } from '#reports/queries/report_facts'
import { reportSources } from '#reports/sources'

/** What the report's pages show this person. */
export async function reportDetail(actor: Actor, report: ReportRow) {
  const [review, members, edition, refusals, rules] = await Promise.all([
    reviewById(report.review_id),
    membersOf(report.id),
    editionOf(report),
    refusalsOf(report.id),
    regulation(),
  ])
  const plan = await db.from('plans').where('id', report.plan_id).select('name').firstOrFail()
  const meeting = await reportSources().meeting(report.review_id)
  const revisions = edition ? await revisionsOf(edition.id) : []
  const own = members.find(({ user_id }) => user_id === actor.userId) ?? null
  const inside = mayReadFile(actor, report)
  const current = report.state === 'writing' ? null : edition
  const certificate = own ? await livingCertificate(actor.userId) : null
  return {
    id: report.id,
    reviewId: report.review_id,
    planId: report.plan_id,
    number: review?.number ?? '',
    code: report.state === 'issued' || inside ? report.code : null,
    state: report.state,
    conclusion: current?.verdict ?? review?.conclusion ?? null,
    dueAt: meeting ? filingDeadline(meeting.endedAt, rules).at.toISOString() : null,
    issuedAt: report.issued_at?.toISOString() ?? null,
    planName: plan.name,
    edition: current ? editionOut(current, revisions) : null,
    signers: members.map((member) => signerOut(member, current ? revisions : [], actor)),
    refusals: inside
      ? refusals.map(({ name, conclusion, reason, at }) => ({
          name,
          conclusion,
          reason,
          at: at.toISOString(),
        }))
      : [],
    writing: own?.role === 'leader' && report.state === 'writing' ? await writingOut(report) : null,
    mine: {
      signs: own !== null,
      leads: own?.role === 'leader',
      reads: inside && current !== null,
      certificate: certificate && {
        sha256: certificate.sha256,
        notAfter: certificate.notAfter.toISOString(),
      },
    },
  }
}

function editionOut(edition: EditionRow, revisions: readonly RevisionRow[]) {
  const { document } = edition
  return {
    number: edition.number,
    certifiedSha256: edition.certified_sha256,
    certifiedAt: edition.certified_at.toISOString(),
    headSha256: edition.head_sha256,
    size: revisions.at(-1)?.size ?? 0,
    leaderLast: edition.leader_last,
    mustFix: document.mustFix.length,
    advice: document.advice.length,
    dissents: document.conclusion.dissents.length,
  }
}

function signerOut(member: MemberRow, revisions: readonly RevisionRow[], actor: Actor) {
  const signed = revisions.find(({ member_id }) => member_id === member.id)
  const { letter, role, name, employer, position } = member
  return {
    letter,
    role,
    name,
    employer,
    position,
    me: member.user_id === actor.userId,
    signedAt: signed?.signed_at.toISOString() ?? null,
  }
}

/** What the leader reads over before the text becomes final, with what is still lacking. */
async function writingOut(report: ReportRow) {
  const facts = await reportFacts(report, report.texts_saved_at)
  const document = assembleReport(facts)
  return {
    planName: document.plan.name,
    overview: report.overview,
    answers: report.answers,
    revision: report.texts_revision,
    savedAt: report.texts_saved_at.toISOString(),
    most: facts.regulation.values['report.summary_maximum_characters'].value,
    faults: reportFaults(draftOf(document, conclusionOf(facts)), facts.regulation),
    conclusion: conclusionOf(facts),
    document: {
      mustFix: document.mustFix,
      advice: document.advice,
      severeDefects: document.severeDefects,
      conclusion: document.conclusion,
      experts: document.experts.map(({ letter, name, employer, role }) => ({ letter, name, employer, role })),
      meeting: document.meeting,
      plan: document.plan,
    },
    building: await buildStepOf(report.id),
  }
}
