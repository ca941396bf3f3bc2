import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { visiblePlans } from '#plans/public'
import type { ReportRow } from '#reports/models/rows'

type Query = DatabaseQueryBuilderContract<any>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * SEC-2: which reports exist for this person. Supervisors: all. Experts: those they concluded themselves; an
 * expert who was drawn and excused, or an alternate who did not sit, is told nothing. Parties: those of plans
 * that they can see.
 */
export function visibleReports(actor: Actor): Query {
  const query = db.from('reports')
  if (actor.kind === 'centre' || actor.kind === 'authority') return query
  if (actor.kind === 'expert')
    return query.whereExists((member: Query) => {
      void member
        .from('report_members')
        .select(db.raw('1'))
        .whereColumn('report_members.report_id', 'reports.id')
        .where('report_members.user_id', actor.userId)
    })
  return query.whereIn('reports.plan_id', visiblePlans(actor).select('plans.id'))
}

/** @throws 404 for everybody else's. */
export async function reportFor(actor: Actor, id: string): Promise<ReportRow> {
  const row = UUID.test(id)
    ? await visibleReports(actor).where('reports.id', id).select('reports.*').first()
    : null
  if (!row) throw notFound()
  return row
}

/** Until it is issued the text is the panel's and the supervisors'; parties see how far the signing is. */
export function mayReadFile(actor: Actor, report: ReportRow): boolean {
  return report.state === 'issued' || ['expert', 'centre', 'authority'].includes(actor.kind)
}
