import { formatReceipt, receiptAddress } from '#lib/ledger/receipt'
import type { ReportAttendee, ReportConclusion, ReportDocument, ReportParty } from '#lib/pdf/report_document'
import type { Conclusion } from '#reviews/public'
import { strictestConclusion } from '#reports/domain/the_stricter_conclusion_stands'
import { printedClock, printedDay, printedSpan } from '#reports/assembly/civil_time'
import { itemRow, numbersOf, opinionRows } from '#reports/assembly/opinion_sheets'
import { categoryWords, clauseWords, parameterWords } from '#reports/assembly/plan_words'
import type { ReportFacts } from '#reports/assembly/report_facts'
import {
  conclusionText,
  DEMONSTRATION_NOTE,
  DRAW_NOTE,
  MODE_WORDS,
  NO_SURVEY,
  ORGANISED_BY_ITSELF,
  PARTY_WORDS,
  SIGNING_NOTE,
  VERDICT_WORDS,
  VERDICTS,
} from '#reports/assembly/words'
import type { MeetingAttendee } from '#reports/sources'

/** The panel's conclusion, or the stricter one of a member who would not sign it. */
export function conclusionOf(facts: ReportFacts): Conclusion {
  const { code, dissents } = facts.meeting.conclusion
  const stands = [
    ...dissents.map(({ conclusion }) => conclusion),
    ...facts.refusals.map(({ conclusion }) => conclusion),
  ]
  return strictestConclusion(code, stands)
}

/** Rule REP-1: the report in the form that practice knows, from plan, meeting and draw. Pure. */
export function assembleReport(facts: ReportFacts): ReportDocument {
  const { plan, meeting } = facts
  const offset = facts.regulation.utc_offset_minutes
  const numbers = numbersOf(meeting.opinions)
  const items = (kind: 'must_fix' | 'advice') =>
    meeting.items.filter((item) => item.kind === kind).map((item) => itemRow(item, numbers))
  const day = (at: Date | null) => (at ? printedDay(at, offset) : '')
  return {
    number: facts.number,
    round: facts.round,
    verificationCode: facts.code,
    verificationUrl: `${facts.publicUrl}/v/${facts.code}`,
    demonstration: true,
    createdAt: facts.at.toISOString(),
    project: { name: plan.projectName, place: plan.projectPlace, permitNumber: plan.permit },
    parties: facts.parties.flatMap(partyRow),
    organiser: facts.organiser,
    agency: facts.agency ?? ORGANISED_BY_ITSELF,
    plan: {
      name: plan.name,
      version: `V${plan.version.number}（${plan.version.pages} 页）`,
      category: categoryWords(plan.works, facts.regulation),
      parameters: parameterWords(plan.works, facts.regulation),
      clauses: clauseWords(plan.assessment),
      contractorReviewedOn: day(plan.contractorReviewedAt),
      supervisorReviewedOn: day(plan.supervisorReviewedAt),
    },
    meeting: {
      time: printedSpan(meeting.startedAt, meeting.endedAt, offset),
      place: meeting.place,
      mode: MODE_WORDS[meeting.mode] ?? meeting.mode,
      survey: meeting.survey || NO_SURVEY,
    },
    overview: facts.overview,
    experts: meeting.seats.map(({ letter, role, name, employer, position, title, specialty, rosterNo }) => {
      return { letter, role, name, employer, position, title, specialty, rosterNumber: rosterNo }
    }),
    answers: facts.answers,
    severeDefects: [...meeting.severeDefects],
    mustFix: items('must_fix'),
    advice: items('advice'),
    conclusion: conclusion(facts),
    signing: {
      organiserSealDate: printedDay(facts.at, offset),
      note: `${SIGNING_NOTE}${DEMONSTRATION_NOTE}`,
    },
    annexes: {
      opinions: [{ expert: '专家个人意见（汇总，不署名）', rows: opinionRows(meeting.opinions) }],
      attendance: {
        host: meeting.host,
        experts: meeting.attendance.filter(({ isExpert }) => isExpert).map((one) => attendee(one, offset)),
        others: meeting.attendance.filter(({ isExpert }) => !isExpert).map((one) => attendee(one, offset)),
        required: meeting.required.map(({ role, name, delegate, waivedBecause }) => {
          return { role, name, note: waivedBecause ? `缺席：${waivedBecause}` : delegate ? '受委托到会' : '' }
        }),
      },
      photographs: meeting.attendance.flatMap(({ name, photoSha256, signedInAt }) =>
        photoSha256 && signedInAt
          ? [{ name, time: `${printedDay(signedInAt, offset)} ${printedClock(signedInAt, offset)}` }]
          : []
      ),
      delegates: meeting.required
        .filter(({ delegate, waivedBecause }) => delegate && !waivedBecause)
        .map(({ role, name }) => ({ role, name })),
      draw: drawAnnex(facts),
      verification: [
        { label: '方案文件 SHA-256', value: plan.version.sha256 },
        { label: '规则文件 SHA-256', value: facts.regulation.hash },
        ...(facts.draw?.digests ?? []),
      ],
      receipt: facts.receipt
        ? {
            ...facts.receipt,
            token: formatReceipt(facts.receipt),
            address: receiptAddress(facts.publicUrl, facts.receipt),
          }
        : undefined,
    },
  }
}

/** Parties in the form's order; the agency has a line of its own, an unappointed one says so (PLAN-5). */
function partyRow({ role, name, lead }: ReportFacts['parties'][number]): ReportParty[] {
  const words = PARTY_WORDS[role]
  if (!words) return []
  if (!name) return [{ role: words.role, name: '尚未确定' }]
  return [
    { role: words.role, name, ...(words.lead && lead ? { lead: { title: words.lead, name: lead } } : {}) },
  ]
}

function conclusion(facts: ReportFacts): ReportConclusion {
  const { meeting, refusals } = facts
  const verdict = conclusionOf(facts)
  const nameOf = (letter: string) => meeting.seats.find((seat) => seat.letter === letter)?.name ?? letter
  const dissents = [
    ...meeting.conclusion.dissents.map(({ letter, conclusion, reason }) => ({
      name: nameOf(letter),
      opinion: `认为应为“${VERDICT_WORDS[conclusion]}”。`,
      reason,
    })),
    ...refusals.map(({ name, conclusion, reason }) => ({
      name,
      opinion: `未签署前一份文本，认为应为“${VERDICT_WORDS[conclusion]}”。`,
      reason,
    })),
  ]
  const stricter = refusals.filter(({ conclusion }) => conclusion === 'FAIL').map(({ reason }) => reason)
  return {
    verdict: VERDICTS[verdict],
    text: conclusionText(verdict, dissents.length === 0),
    reason: verdict === 'FAIL' ? [meeting.conclusion.reasons, ...stricter].filter(Boolean).join('\n') : '',
    dissents,
  }
}

function attendee(one: MeetingAttendee, offset: number): ReportAttendee {
  return {
    name: one.name,
    organization: one.organisation,
    position: one.position,
    phone: one.mobile,
    joined: printedClock(one.joinedAt, offset),
    left: one.leftAt ? printedClock(one.leftAt, offset) : '至结束',
  }
}

function drawAnnex({ draw, regulation }: ReportFacts): ReportDocument['annexes']['draw'] {
  if (!draw) return { number: '—', time: '—', pool: 0, rows: [], note: '本次论证没有经本平台抽取专家。' }
  const offset = regulation.utc_offset_minutes
  const time = `${printedDay(draw.at, offset)} ${printedClock(draw.at, offset)}`
  return {
    number: draw.number,
    time,
    pool: draw.pool,
    rows: draw.rows.map((row) => ({ ...row })),
    note: DRAW_NOTE,
  }
}
