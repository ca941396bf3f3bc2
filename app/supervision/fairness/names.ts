import db from '@adonisjs/lucid/services/db'
import type { FairnessReport } from '#lib/draw/fairness/report'

/** Names behind the numbers of a report, for supervisors: experts by roster number, enterprises by id. */
export async function namesIn(report: FairnessReport) {
  const rosterNumbers = report.experts.map(({ id }) => id)
  const hosts = [
    ...new Set([...report.organisers, ...report.refusals.byHost].flatMap(({ host }) => host ?? [])),
  ]
  const [experts, organisations] = await Promise.all([
    db
      .from('experts as e')
      .join('users as u', 'u.id', 'e.user_id')
      .whereIn('e.roster_no', rosterNumbers)
      .select('e.roster_no', 'u.name'),
    db.from('organisations').whereIn('id', hosts).select('id', 'name'),
  ])
  return {
    experts: Object.fromEntries(experts.map(({ roster_no, name }) => [roster_no as string, name as string])),
    hosts: Object.fromEntries(organisations.map(({ id, name }) => [id as string, name as string])),
  }
}
