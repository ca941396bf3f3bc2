import db from '@adonisjs/lucid/services/db'
import { regulation } from '#core/jurisdiction'
import { drawSummary } from '#draw/public'
import { meetingRecord } from '#sessions/public'
import { readReportsFrom, type DrawFacts, type MeetingFacts } from '#reports/sources'

readReportsFrom({ meeting, draw })

async function meeting(reviewId: string): Promise<MeetingFacts | null> {
  const [record, rules] = await Promise.all([meetingRecord(reviewId), regulation()])
  if (!record) return null
  const seats = record.seats.map((seat) => ({
    ...seat,
    title: named(rules.titles, seat.title),
    specialty: named(rules.specialties, seat.specialty),
  }))
  const order = rules.attendees.map(({ code }) => code)
  const required = record.required
    .toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code))
    .map(({ code, ...noted }) => ({ ...noted, role: named(rules.attendees, code) }))
  return { ...record, seats, required, place: record.place || (record.mode === 'remote' ? '远程会议' : '') }
}

const OUTCOMES: Readonly<Record<string, string>> = {
  PANEL: '确认参加',
  ALTERNATE: '候补',
  REPLACED: '已递补',
  RECUSED: '主动回避',
  UNAVAILABLE: '不能参加',
  NO_ANSWER: '未答复',
  WITHDRAWN: '退出',
  ABSENT: '缺席',
}

async function draw(reviewId: string): Promise<DrawFacts | null> {
  const [summary, rules] = await Promise.all([drawSummary(reviewId), regulation()])
  if (!summary?.completedAt) return null
  const people = await peopleByRosterNo(summary.seats.map(({ rosterNo }) => rosterNo))
  return {
    number: summary.number,
    at: summary.completedAt,
    pool: summary.eligible,
    rows: summary.seats.map((seat) => ({
      order: seat.seat,
      name: people.get(seat.rosterNo)?.name ?? seat.rosterNo,
      employer: people.get(seat.rosterNo)?.employer ?? '',
      specialty: named(rules.specialties, seat.specialty),
      outcome: OUTCOMES[seat.state] ?? '未选',
    })),
    digests: [
      { label: '可抽专家名单 Merkle 根', value: summary.poolRoot },
      { label: '抽取标识', value: summary.drawId },
      { label: '抽取在存证日志', value: `#${summary.logIndex}` },
    ],
  }
}

function named(words: readonly { readonly code: string; readonly zh: string }[], code: string): string {
  return words.find((word) => word.code === code)?.zh ?? code
}

/** Names of those who were drawn open once the meeting has ended (DRAW-9), so the report may carry them. */
async function peopleByRosterNo(
  rosterNos: readonly string[]
): Promise<Map<string, { name: string; employer: string }>> {
  const { rows } = await db.rawQuery(
    `SELECT e.roster_no, u.name, coalesce((
       SELECT o.name FROM expert_employments m JOIN organisations o ON o.id = m.organisation_id
       WHERE m.expert_id = e.id ORDER BY (m.until_day IS NULL) DESC, m.from_day DESC, o.id LIMIT 1
     ), '') AS employer
     FROM experts e JOIN users u ON u.id = e.user_id WHERE e.roster_no = ANY(?)`,
    [[...rosterNos]]
  )
  return new Map(rows.map((row: any) => [row.roster_no, { name: row.name, employer: row.employer }]))
}
