import { chancesOf, type ChancesError } from './chances.ts'
import type { PoolLeaf } from './pool.ts'
import { exactFields, isText } from './read.ts'
import type { DrawRules } from './rules.ts'

/** One step by which a pool was widened, since the draw was not possible without it. */
export type WideningStep = {
  /** Code of the step in the regulation file. */
  readonly step: string
  /** Why the pool before it did not do. */
  readonly because: ChancesError['code']
}

/** By which step an expert came into the pool, and from where: code of their own specialty or city. */
export type CameBy = { readonly step: string; readonly from: string }

const REASONS: readonly unknown[] = [
  'pool_too_small',
  'caps_infeasible',
  'quotas_infeasible',
  'too_few_sets',
] satisfies ChancesError['code'][]

/** The steps of a widened draw, at least one, each once. */
export function isWidening(value: unknown): value is readonly WideningStep[] {
  if (!Array.isArray(value) || value.length === 0) return false
  const steps = value.map((one) => exactFields(one, ['because', 'step']))
  if (!steps.every((one) => one && isText(one.step) && REASONS.includes(one.because))) return false
  return new Set(steps.map((one) => one!.step)).size === steps.length
}

export function isCameBy(value: unknown): value is CameBy {
  const cameBy = exactFields(value, ['from', 'step'])
  return cameBy !== undefined && isText(cameBy.step) && isText(cameBy.from)
}

/**
 * Was each step needed, and taken in its order? The pool before it must fail for the reason given. Undefined
 * when so, else the step, or the id of an expert who came by a step that was not taken.
 */
export function wideningFault(leaves: readonly PoolLeaf[], rules: DrawRules): string | undefined {
  const steps = rules.widening ?? []
  const names = steps.map(({ step }) => step)
  const stray = leaves.find((leaf) => leaf.v === 2 && !names.includes(leaf.cameBy.step))
  if (stray) return stray.id
  return steps.find(({ because }, i) => {
    const before = leaves.filter((leaf) => leaf.v === 1 || names.indexOf(leaf.cameBy.step) < i)
    const chances = chancesOf(before, rules)
    return chances.ok || chances.error.code !== because
  })?.step
}
