/** An arc whose flow lies between `least` and `most`, in whole numbers of any size. */
export type Arc = {
  readonly from: number
  readonly to: number
  readonly least: bigint
  readonly most: bigint
}

/** A network in which flow is pushed: Dinic's algorithm over exact integers. */
export class Network {
  readonly #out: number[][]
  /** Arc 2i leads forward, 2i + 1 back; `#rest` is what either can still take. */
  readonly #to: number[] = []
  readonly #rest: bigint[] = []
  readonly #level: Int32Array
  readonly #next: Int32Array

  constructor(nodes: number) {
    this.#out = Array.from({ length: nodes }, () => [])
    this.#level = new Int32Array(nodes)
    this.#next = new Int32Array(nodes)
  }

  add(from: number, to: number, capacity: bigint): void {
    this.#out[from]!.push(this.#to.length)
    this.#to.push(to)
    this.#rest.push(capacity)
    this.#out[to]!.push(this.#to.length)
    this.#to.push(from)
    this.#rest.push(0n)
  }

  /** Pushes as much as fits from source to sink and says how much that was. */
  fill(source: number, sink: number): bigint {
    let total = 0n
    const most = this.#out[source]!.reduce((sum, arc) => sum + this.#rest[arc]!, 0n)
    while (this.#label(source, sink)) {
      this.#next.fill(0)
      for (let sent = 1n; sent > 0n; total += sent) sent = this.#push(source, sink, most)
    }
    return total
  }

  /** What the n-th arc added carries. */
  carried(n: number): bigint {
    return this.#rest[2 * n + 1]!
  }

  /** Nodes to which more could flow from this one. */
  reachedFrom(source: number): boolean[] {
    return this.#spread(source, (arc) => this.#rest[arc]! > 0n)
  }

  /** Nodes from which more could flow to this one. */
  reaching(sink: number): boolean[] {
    return this.#spread(sink, (arc) => this.#rest[arc ^ 1]! > 0n)
  }

  #spread(start: number, open: (arc: number) => boolean): boolean[] {
    const seen = this.#out.map(() => false)
    const waiting = [start]
    seen[start] = true
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (const arc of this.#out[node]!) {
        const to = this.#to[arc]!
        if (seen[to] || !open(arc)) continue
        seen[to] = true
        waiting.push(to)
      }
    }
    return seen
  }

  #label(source: number, sink: number): boolean {
    this.#level.fill(-1)
    this.#level[source] = 0
    const queue = [source]
    for (let i = 0; i < queue.length && this.#level[sink]! < 0; i++) {
      const node = queue[i]!
      for (const arc of this.#out[node]!) {
        const to = this.#to[arc]!
        if (this.#level[to]! >= 0 || this.#rest[arc] === 0n) continue
        this.#level[to] = this.#level[node]! + 1
        queue.push(to)
      }
    }
    return this.#level[sink]! >= 0
  }

  /** As deep as a shortest path is long: a few arcs a specialty. */
  #push(node: number, sink: number, most: bigint): bigint {
    if (node === sink) return most
    const arcs = this.#out[node]!
    for (; this.#next[node]! < arcs.length; this.#next[node]!++) {
      const arc = arcs[this.#next[node]!]!
      const to = this.#to[arc]!
      const rest = this.#rest[arc]!
      if (rest === 0n || this.#level[to] !== this.#level[node]! + 1) continue
      const sent = this.#push(to, sink, rest < most ? rest : most)
      if (sent === 0n) continue
      this.#rest[arc] = rest - sent
      this.#rest[arc ^ 1]! += sent
      return sent
    }
    return 0n
  }
}

/** A circulation, or nodes that must take in more than can leave them (Hoffman's theorem). */
export type Circulation =
  | { readonly flow: readonly bigint[]; readonly cut: null }
  | { readonly flow: null; readonly cut: readonly boolean[] }

/** A flow within the bounds that is balanced at every node 0 … nodes − 1, or a cut that shows there is none. */
export function circulate(nodes: number, arcs: readonly Arc[]): Circulation {
  const network = new Network(nodes + 2)
  const surplus = Array<bigint>(nodes).fill(0n)
  for (const { from, to, least, most } of arcs) {
    network.add(from, to, most - least)
    surplus[to]! += least
    surplus[from]! -= least
  }
  let needed = 0n
  surplus.forEach((amount, node) => {
    if (amount > 0n) network.add(nodes, node, amount)
    if (amount < 0n) network.add(node, nodes + 1, -amount)
    if (amount > 0n) needed += amount
  })
  if (network.fill(nodes, nodes + 1) === needed) {
    return { flow: arcs.map(({ least }, i) => least + network.carried(i)), cut: null }
  }
  return { flow: null, cut: network.reachedFrom(nodes).slice(0, nodes) }
}
