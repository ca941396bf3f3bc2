import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { regulation } from '#core/jurisdiction'
import { endOfDay, startOfDay } from '#core/regulation/calendar'
import { populationOf } from '#supervision/domain/population_follows_from_the_period'
import type { Scope } from '#supervision/models/spot_check'

/** Numbers of the reviews of a scope, in the order of the list. */
export async function spotCheckPopulation(scope: Scope, trx?: TransactionClientContract): Promise<string[]> {
  const { utc_offset_minutes: offset } = await regulation()
  const { rows } = await (trx ?? db).rawQuery(
    `SELECT r.number, r.conclusion, c.at AS concluded_at,
       ARRAY(SELECT DISTINCT w.category FROM plan_works w WHERE w.plan_id = r.plan_id) AS categories
     FROM reviews r
     JOIN (SELECT review_id, min(at) AS at FROM review_transitions WHERE event = 'conclude' GROUP BY review_id) c
       ON c.review_id = r.id
     WHERE c.at >= ? AND c.at < ?`,
    [startOfDay(scope.from, offset), endOfDay(scope.to, offset)]
  )
  const reviews = rows.map(({ number, conclusion, concluded_at, categories }: any) => {
    return { number, conclusion, concludedAt: concluded_at, categories }
  })
  return populationOf(reviews, scope, offset)
}
