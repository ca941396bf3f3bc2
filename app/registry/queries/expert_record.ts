import db from '@adonisjs/lucid/services/db'
import { businessNow } from '#core/clock/business_clock'
import { regulation } from '#core/jurisdiction'
import { civilDay } from '#core/regulation/calendar'
import { effectiveCap } from '#registry/domain/monthly_cap'
import { renewedTerm } from '#registry/domain/term_is_renewed_or_corrected'
import { monthLoad } from '#registry/hooks/month_load'
import type { Expert } from '#registry/models/expert'
import { libraryVocabulary } from '#registry/queries/vocabulary'

/** More than these are no longer read on a page. */
const MOST_CHANGES = 200

export type RecordSight = 'office' | 'own'

/**
 * Rules REG-3, REG-6. All that the library keeps of one expert, with the history of its changes: for the
 * offices and for the expert. Who entered something is named to the expert by office, not by person.
 */
export async function expertRecord(expert: Expert, sight: RecordSight) {
  const inForce = await regulation()
  const today = civilDay(businessNow(), inForce.utc_offset_minutes)
  const month = today.slice(0, 7)
  const most = inForce.values['draw.reviews_per_month'].value
  const user = await db.from('users').where('id', expert.userId).select('mobile_masked').firstOrFail()
  const term = { from: expert.termFrom, until: expert.termUntil }
  const next = renewedTerm(term, null, today, inForce)
  return {
    vocabulary: libraryVocabulary(inForce),
    today,
    id: expert.id,
    revision: expert.revision,
    name: expert.name,
    mobile: user.mobile_masked as string,
    rosterNo: expert.rosterNo,
    certificateNo: expert.certificateNo,
    status: expert.status,
    grade: expert.grade,
    title: expert.title,
    position: expert.position,
    specialties: expert.specialties,
    methods: expert.methodTags,
    homeCity: expert.homeCity,
    term,
    renewal: next.ok ? next.value : null,
    caps: {
      inMonth: (await monthLoad([expert.id], month)).get(expert.id) ?? 0,
      effective: effectiveCap(expert, most),
      regulation: most,
      centre: expert.monthlyCap,
      own: expert.ownMonthlyCap,
    },
    recentYears: inForce.values['draw.recent_employer_years'].value,
    employments: expert.employments,
    leaves: expert.leaves,
    interests: expert.interests,
    changes: await changesOf(expert, sight),
  }
}

async function changesOf(expert: Expert, sight: RecordSight) {
  const rows = await db
    .from('expert_changes as c')
    .leftJoin('users as u', 'u.id', 'c.by_user_id')
    .where('c.expert_id', expert.id)
    .orderBy('c.at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(MOST_CHANGES)
    .select('c.*', 'u.name')
  return rows.map((row) => ({
    id: row.id as string,
    what: row.what as string,
    before: row.before as unknown,
    after: row.after as unknown,
    reason: row.reason as string,
    document: row.document as string | null,
    own: row.by_user_id === expert.userId,
    by: sight === 'office' ? (row.name as string | null) : null,
    at: row.at.toISOString() as string,
  }))
}
