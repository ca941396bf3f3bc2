import type { ParameterValues } from '#core/regulation/condition'
import type { Regulation } from '#core/regulation/types'

export interface WorkOfPlan {
  readonly category: string
  readonly parameters: ParameterValues
  readonly context: { readonly neighbour?: string; readonly distance_m?: number }
}

/** 深基坑、起重吊装: the categories by the regulation's names. */
export function categoryWords(works: readonly WorkOfPlan[], regulation: Regulation): string {
  const names = works.map(
    (work) => regulation.categories.find(({ code }) => code === work.category)?.zh ?? work.category
  )
  return [...new Set(names)].join('、')
}

/** 开挖深度 13.8 m；DN600 燃气管，水平距离 4.2 m. */
export function parameterWords(works: readonly WorkOfPlan[], regulation: Regulation): string {
  return works
    .map((work) => [...parametersOf(work, regulation), ...contextOf(work)].join('，'))
    .filter(Boolean)
    .join('；')
}

function parametersOf(work: WorkOfPlan, regulation: Regulation): string[] {
  return Object.entries(work.parameters).flatMap(([name, value]) => {
    const parameter = regulation.parameters.find((one) => one.name === name)
    if (!parameter || value === false || value === undefined) return []
    return parameter.kind === 'number' ? [`${parameter.zh} ${value} ${parameter.unit}`] : [parameter.zh]
  })
}

function contextOf({ context }: WorkOfPlan): string[] {
  if (!context.neighbour) return []
  const distance = context.distance_m === undefined ? '' : `，水平距离 ${context.distance_m} m`
  return [`周边：${context.neighbour}${distance}`]
}

/** Clauses of the grounds that made a review due, each once. */
export function clauseWords(
  assessment: { works: readonly { grounds: readonly { clause: string }[] }[] } | null
): string {
  const clauses = assessment?.works.flatMap(({ grounds }) => grounds.map(({ clause }) => clause)) ?? []
  return [...new Set(clauses)].join('；')
}
