import db from '@adonisjs/lucid/services/db'
import { notFound } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import { pagesOf, planForDraw } from '#plans/public'
import { shinglesOf } from '#lib/near_text/shingles'
import { versionShingles, wordsOf } from '#draw/near_plans/plan_content'
import { drawVocabulary } from '#draw/queries/vocabulary'

export type NearPlanState = 'open' | 'same' | 'different' | 'settled'

function asked() {
  return db
    .from('near_plans as n')
    .join('plans as p', 'p.id', 'n.plan_id')
    .join('plans as e', 'e.id', 'n.earlier_plan_id')
    .join('organisations as o', 'o.id', 'p.organisation_id')
    .leftJoin('users as u', 'u.id', 'n.answered_by')
    .select(
      'n.*',
      'p.number',
      'p.name',
      'e.number as earlier_number',
      'e.name as earlier_name',
      'o.name as organiser',
      'u.name as answered_by_name'
    )
}

function toItem(row: any) {
  return {
    id: row.id as string,
    state: row.state as NearPlanState,
    plan: { id: row.plan_id as string, number: row.number as string, name: row.name as string },
    earlier: {
      id: row.earlier_plan_id as string,
      number: row.earlier_number as string,
      name: row.earlier_name as string,
    },
    organiser: row.organiser as string,
    textPercent: row.text_percent as number | null,
    sameSite: row.same_site as boolean,
    nearParameters: row.near_parameters as boolean,
    commonParties: row.common_parties as number,
    foundAt: row.found_at.toISOString() as string,
    answer: row.answered_at
      ? {
          reason: row.reason as string,
          by: row.answered_by_name as string,
          at: row.answered_at.toISOString() as string,
        }
      : null,
  }
}

/** More than these are no list of questions. */
const MOST = 200

/** Questions whether a plan is an earlier one: the open ones first, the newest of each first. */
export async function nearPlans() {
  const rows = await asked().orderByRaw("(n.state = 'open') DESC, n.found_at DESC, n.id").limit(MOST)
  return rows.map(toItem)
}

export async function openNearPlans(): Promise<{ id: string; plan: string; foundAt: string }[]> {
  const rows = await asked().where('n.state', 'open').orderBy('n.found_at').limit(MOST)
  return rows.map((row) => ({ id: row.id, plan: row.name, foundAt: row.found_at.toISOString() }))
}

/** How many questions the draw of a plan waits for. */
export async function openQuestionsOf(planId: string): Promise<number> {
  const row = await db.from('near_plans').where({ plan_id: planId, state: 'open' }).count('* as n').first()
  return Number(row.n)
}

/** One question with both plans side by side, and how much of each page stands in the earlier text. */
export async function nearPlanView(id: string) {
  const row = await asked().where('n.id', id).first()
  if (!row) throw notFound()
  const inForce = await regulation()
  const versions = await db.from('plan_versions').whereIn('id', [row.version_id, row.earlier_version_id])
  const version = versions.find((one) => one.id === row.version_id)
  const earlier = versions.find((one) => one.id === row.earlier_version_id)
  const before = await versionShingles(earlier)
  const pages = (await pagesOf(version)).map((page, index) => {
    const own = [...shinglesOf(wordsOf(page))]
    const common = own.filter((one) => before.has(one)).length
    return { page: index + 1, percent: own.length === 0 ? null : Math.floor((common * 100) / own.length) }
  })
  const drawn = await db.from('draws').where('plan_id', row.earlier_plan_id).select('id', 'number').first()
  return {
    ...toItem(row),
    vocabulary: drawVocabulary(inForce),
    parameters: inForce.parameters.map(({ name, zh, en, ...rest }) => ({
      code: name,
      zh,
      en,
      unit: 'unit' in rest ? rest.unit : null,
    })),
    bounds: {
      text: inForce.values['near_plan.text_percent'].value,
      textBesideFacts: inForce.values['near_plan.text_beside_facts_percent'].value,
    },
    sides: {
      plan: await sideOf(row.plan_id, version.number),
      earlier: await sideOf(row.earlier_plan_id, earlier.number),
    },
    earlierDraw: drawn ? { id: drawn.id as string, number: drawn.number as string } : null,
    pages,
  }
}

async function sideOf(planId: string, version: number) {
  const plan = await db.transaction((trx) => planForDraw(trx, planId))
  const organiser = await db.from('organisations').where('id', plan.organisationId).firstOrFail()
  return {
    planId,
    version,
    number: plan.number,
    name: plan.name,
    project: plan.projectName,
    place: plan.projectPlace,
    permit: plan.identity.permit,
    part: plan.identity.part,
    organiser: organiser.name as string,
    works: plan.works.map(({ category, parameters }) => ({ category, parameters })),
    parties: plan.parties.map(({ role, organisation_name: name }) => ({ role, name })),
  }
}
