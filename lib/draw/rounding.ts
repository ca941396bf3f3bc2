import type { ChancedCell } from './pool_shape.ts'

/** One step of the rounding: along a cycle, some expected numbers grow while others shrink. */
export type RoundingStep = {
  /** From 1. */
  readonly step: number
  /** The cells of the cycle in the order it passes them: [employer, specialty, 1 or −1]. */
  readonly cells: readonly (readonly [number, string, 1 | -1])[]
  /** How far the cycle can be pushed as signed, and against it, in steps of 1 / denominator; decimal text. */
  readonly alpha: string
  readonly beta: string
  /** Uniform in 0 … alpha + beta − 1; decimal text. */
  readonly drawn: string
  /** 1 when drawn < beta: each number changed by sign · alpha; else −1: by −sign · beta. */
  readonly direction: 1 | -1
}

/** Nodes in the order that the walk prefers: it follows from the tickets. */
export type RoundingOrder = { readonly employers: readonly number[]; readonly specialties: readonly string[] }

export type Rounded = {
  readonly steps: readonly RoundingStep[]
  /** How many of each cell are drawn, in the order of the cells given. */
  readonly counts: readonly number[]
}

type Edge = {
  readonly from: number
  readonly to: number
  /** Expected number, in steps of 1 / denominator. */
  value: bigint
  readonly cell: ChancedCell | null
}

/** An edge as a cycle passes it: 1 from source towards sink. */
type Passed = { readonly edge: Edge; readonly sign: 1 | -1 }

/**
 * Dependent rounding that keeps every balance (after Gandhi, Khuller, Parthasarathy and Srinivasan, 2006).
 * Expected numbers flow source → employers → specialties → sink. A node with an open edge, one that is not
 * whole, has another, since what comes in equals what goes out and ten is whole: so a walk over open edges ends
 * in a cycle. Pushed by α one way with chance β / (α + β), or by β the other way, no expectation changes, and
 * an edge becomes whole. Hence each ends next to its value, each total is kept, and the chance of everyone is
 * exactly the published one. `choose` gives a number in 0 … α + β − 1.
 */
export function roundCells(
  cells: readonly ChancedCell[],
  denominator: bigint,
  order: RoundingOrder,
  choose: (step: number, alpha: bigint, beta: bigint) => bigint
): Rounded {
  const graph = new OpenGraph(cells, denominator, order)
  const steps: RoundingStep[] = []
  for (let cycle = graph.cycle(); cycle; cycle = graph.cycle()) {
    const step = steps.length + 1
    const up = cycle.map(({ edge, sign }) => (sign > 0 ? graph.above(edge) : graph.below(edge)))
    const down = cycle.map(({ edge, sign }) => (sign > 0 ? graph.below(edge) : graph.above(edge)))
    const [alpha, beta] = [least(up), least(down)]
    const drawn = choose(step, alpha, beta)
    const direction = drawn < beta ? 1 : -1
    for (const { edge, sign } of cycle) graph.shift(edge, BigInt(sign) * (direction > 0 ? alpha : -beta))
    steps.push({
      step,
      cells: cycle.flatMap(({ edge: { cell }, sign }) =>
        cell ? [[cell.employer, cell.specialty, sign] as const] : []
      ),
      alpha: String(alpha),
      beta: String(beta),
      drawn: String(drawn),
      direction,
    })
  }
  return { steps, counts: graph.counts() }
}

/** Nodes: 0 the source, employers, specialties, the sink; each knows its open edges by the other end. */
class OpenGraph {
  readonly #denominator: bigint
  readonly #cells: readonly Edge[]
  readonly #open: Map<number, Edge>[]

  constructor(cells: readonly ChancedCell[], denominator: bigint, order: RoundingOrder) {
    this.#denominator = denominator
    const employers = new Map(order.employers.map((employer, i) => [employer, 1 + i]))
    const specialties = new Map(order.specialties.map((one, i) => [one, 1 + employers.size + i]))
    const sink = 1 + employers.size + specialties.size
    this.#cells = cells.map((cell) => {
      const value = BigInt(cell.experts) * cell.chance.num * (denominator / cell.chance.den)
      return { from: employers.get(cell.employer)!, to: specialties.get(cell.specialty)!, value, cell }
    })
    const totals = Array.from({ length: sink + 1 }, () => 0n)
    for (const { from, to, value } of this.#cells) {
      totals[from]! += value
      totals[to]! += value
    }
    const ends = [
      ...[...employers.values()].map((node): Edge => ({
        from: 0,
        to: node,
        value: totals[node]!,
        cell: null,
      })),
      ...[...specialties.values()].map((node): Edge => ({
        from: node,
        to: sink,
        value: totals[node]!,
        cell: null,
      })),
    ]
    this.#open = totals.map(() => new Map())
    const edges = [...this.#cells, ...ends].filter(({ value }) => value % denominator !== 0n)
    for (const edge of edges.sort((a, b) => a.from - b.from)) this.#open[edge.to]!.set(edge.from, edge)
    for (const edge of edges.sort((a, b) => a.to - b.to)) this.#open[edge.from]!.set(edge.to, edge)
  }

  /** From the first node with an open edge, each time over the first open edge but the one just passed. */
  cycle(): Passed[] | undefined {
    const start = this.#open.findIndex((edges) => edges.size > 0)
    if (start < 0) return undefined
    const visited = new Map([[start, 0]])
    const path: Passed[] = []
    for (let node = start, before = -1; ;) {
      const [next, edge] = this.#first(node, before)
      path.push({ edge, sign: edge.from === node ? 1 : -1 })
      const seen = visited.get(next)
      if (seen !== undefined) return path.slice(seen)
      visited.set(next, path.length)
      before = node
      node = next
    }
  }

  above(edge: Edge): bigint {
    return this.#denominator - this.below(edge)
  }

  below({ value }: Edge): bigint {
    return value % this.#denominator
  }

  shift(edge: Edge, by: bigint): void {
    edge.value += by
    if (edge.value % this.#denominator !== 0n) return
    this.#open[edge.from]!.delete(edge.to)
    this.#open[edge.to]!.delete(edge.from)
  }

  counts(): number[] {
    return this.#cells.map(({ value }) => Number(value / this.#denominator))
  }

  #first(node: number, except: number): readonly [number, Edge] {
    for (const [next, edge] of this.#open[node]!) if (next !== except) return [next, edge]
    throw new RangeError('unbalanced')
  }
}

function least(numbers: readonly bigint[]): bigint {
  return numbers.reduce((a, b) => (b < a ? b : a))
}
