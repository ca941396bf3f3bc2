import { getBlob } from '#core/files/blob_store'
import { comparePages } from '#lib/pdf_intake/compare_pages'
import type { PageText } from '#lib/pdf_intake/page_text'
import type { VersionRow, Work } from '#plans/models/rows'

/** Sizes and text of a version's pages, as they were read when it came in. */
export async function pagesOf(version: Pick<VersionRow, 'pages_sha256'>): Promise<PageText[]> {
  return JSON.parse(Buffer.from(await getBlob(version.pages_sha256)).toString('utf8')) as PageText[]
}

export interface ParameterChange {
  readonly category: string
  readonly parameter: string
  readonly from: number | boolean | null
  readonly to: number | boolean | null
}

/** PLAN-4: any two versions side by side: words by page, parameters, chapters. */
export async function compareVersions(from: VersionRow, to: VersionRow) {
  const [before, after] = await Promise.all([pagesOf(from), pagesOf(to)])
  return {
    from: { number: from.number, sha256: from.sha256, pageCount: from.page_count },
    to: { number: to.number, sha256: to.sha256, pageCount: to.page_count },
    identical: from.sha256 === to.sha256,
    ...comparePages(before, after),
    parameters: compareWorks(from.works, to.works),
  }
}

/** Works are paired by category in their order; a work that is new or gone shows all its parameters. */
export function compareWorks(before: readonly Work[], after: readonly Work[]): ParameterChange[] {
  const categories = [...new Set([...before, ...after].map((work) => work.category))]
  return categories.flatMap((category) => {
    const a = before.filter((work) => work.category === category)
    const b = after.filter((work) => work.category === category)
    return Array.from({ length: Math.max(a.length, b.length) }, (_, index) =>
      compareWork(category, a[index], b[index])
    ).flat()
  })
}

function compareWork(category: string, a: Work | undefined, b: Work | undefined): ParameterChange[] {
  const names = [...new Set([...Object.keys(a?.parameters ?? {}), ...Object.keys(b?.parameters ?? {})])]
  if (names.length === 0 && (!a || !b))
    return [{ category, parameter: '', from: a ? true : null, to: b ? true : null }]
  return names
    .map((parameter) => ({
      category,
      parameter,
      from: a?.parameters[parameter] ?? null,
      to: b?.parameters[parameter] ?? null,
    }))
    .filter((change) => change.from !== change.to)
}
