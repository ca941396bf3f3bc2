import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { bareText, shinglesOf } from '#lib/near_text/shingles'
import { bandsOf, sketchOf } from '#lib/near_text/sketch'
import { isPageNumber } from '#lib/pdf_intake/compare_pages'
import type { PageText } from '#lib/pdf_intake/page_text'
import { pagesOf, planForDraw, type VersionRow } from '#plans/public'
import type { PlanContent } from '#draw/domain/plan_is_near_another'

/** The words of a page; its running number is not one. */
export function wordsOf(page: PageText): string {
  return bareText(page.lines.filter((line) => !isPageNumber(line)))
}

/** A submitted version's runs of words, all pages in one: where a page breaks makes no difference. */
export async function versionShingles(version: Pick<VersionRow, 'pages_sha256'>): Promise<Set<number>> {
  const pages = await pagesOf(version)
  return shinglesOf(pages.map(wordsOf).join(''))
}

export type Contents = PlanContent & { readonly planId: string; readonly version: VersionRow }

/** What a plan is held against others by; null before it has a version that was approved. */
export async function contentOf(
  trx: TransactionClientContract,
  planId: string,
  version?: VersionRow
): Promise<Contents | null> {
  const plan = await planForDraw(trx, planId)
  const held = version ?? plan.version
  if (!held) return null
  return {
    planId,
    version: held,
    works: plan.works.map(({ category, parameters }) => ({ category, parameters })),
    permit: plan.identity.permit,
    site: `${plan.projectName} ${plan.projectPlace}`,
    parties: plan.parties.flatMap(({ organisation_id: id }) => (id ? [id] : [])),
    shingles: await versionShingles(held),
  }
}

/** Keeps a version's sketch and its bands, by which later plans find it. A second time does nothing. */
export async function keepSketch(
  trx: TransactionClientContract,
  { planId, version, shingles }: Pick<Contents, 'planId' | 'version' | 'shingles'>
): Promise<number[]> {
  const sketch = sketchOf(shingles)
  const inserted = await trx.rawQuery(
    `INSERT INTO plan_sketches (version_id, plan_id, shingles, sketch) VALUES (?, ?, ?, ?::jsonb)
     ON CONFLICT DO NOTHING RETURNING version_id`,
    [version.id, planId, shingles.size, JSON.stringify(sketch)]
  )
  if (inserted.rows.length > 0 && shingles.size > 0) {
    const rows = bandsOf(sketch).map((key, band) => ({ band, key, version_id: version.id }))
    await trx.table('plan_sketch_bands').multiInsert(rows)
  }
  return sketch
}
