import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Regulation } from '#core/regulation/types'
import { bandsOf, estimatedContainment } from '#lib/near_text/sketch'
import { foldIdentifier } from '#lib/text'
import type { Contents } from '#draw/near_plans/plan_content'

/** The estimate of a sketch may be this far below what the texts themselves come to, in percent. */
const SLACK = 20

interface Sketch {
  readonly version_id: string
  readonly plan_id: string
  readonly shingles: number
  readonly sketch: number[]
}

/**
 * Which plans are worth reading beside this one, of all that were submitted: those whose sketch comes near
 * enough, and those that share permit or parties, whatever their words. With how many there are in all.
 */
export async function earlierPlans(
  trx: TransactionClientContract,
  own: Contents,
  sketch: readonly number[],
  regulation: Regulation
): Promise<{ planIds: string[]; compared: number }> {
  const byWords = await nearInWords(trx, own, sketch, regulation)
  const byFacts = await nearInFacts(trx, own, regulation)
  const all = await trx
    .from('plan_sketches')
    .whereNot('plan_id', own.planId)
    .countDistinct('plan_id as n')
    .first()
  return { planIds: [...new Set([...byWords, ...byFacts])].sort(), compared: Number(all.n) }
}

async function nearInWords(
  trx: TransactionClientContract,
  own: Contents,
  sketch: readonly number[],
  regulation: Regulation
): Promise<string[]> {
  if (own.shingles.size === 0) return []
  const least = regulation.values['near_plan.text_beside_facts_percent'].value - SLACK
  const keys = bandsOf(sketch)
  const found = await trx.rawQuery(
    `SELECT s.* FROM plan_sketches s WHERE s.plan_id <> ? AND s.version_id IN (
       SELECT b.version_id FROM plan_sketch_bands b
       JOIN unnest(?::smallint[], ?::integer[]) AS own (band, key) ON own.band = b.band AND own.key = b.key)`,
    [own.planId, keys.map((_, band) => band), keys]
  )
  const mine = { sketch, shingles: own.shingles.size }
  return found.rows
    .filter((row: Sketch) => estimatedContainment(mine, row) * 100 >= least)
    .map((row: Sketch) => row.plan_id)
}

async function nearInFacts(
  trx: TransactionClientContract,
  own: Contents,
  regulation: Regulation
): Promise<string[]> {
  const found = await trx.rawQuery(
    `SELECT DISTINCT s.plan_id FROM plan_sketches s JOIN plans p ON p.id = s.plan_id
     WHERE s.plan_id <> ? AND (
       (SELECT count(DISTINCT pp.organisation_id) FROM plan_parties pp
        WHERE pp.plan_id = s.plan_id AND pp.organisation_id = ANY(?::uuid[])) >= ?
       OR upper(p.permit) IN (?, ?))`,
    [
      own.planId,
      [...own.parties],
      regulation.values['near_plan.common_parties'].value,
      own.permit.toUpperCase(),
      foldIdentifier(own.permit),
    ]
  )
  return found.rows.map((row: { plan_id: string }) => row.plan_id)
}
