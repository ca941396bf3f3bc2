/** For each node 0 … nodes − 1 the number of its strongly connected component (Kosaraju, without recursion). */
export function strongComponents(nodes: number, arcs: readonly (readonly [number, number])[]): number[] {
  const ahead: number[][] = Array.from({ length: nodes }, () => [])
  const back: number[][] = Array.from({ length: nodes }, () => [])
  for (const [from, to] of arcs) {
    ahead[from]!.push(to)
    back[to]!.push(from)
  }
  const finished = depthFirst(ahead, ahead.keys()).flat()
  const component = Array<number>(nodes).fill(0)
  depthFirst(back, finished.reverse()).forEach((tree, number) => {
    for (const node of tree) component[node] = number
  })
  return component
}

/** Trees of a depth-first search from these roots in turn, the nodes of each in the order they are left. */
function depthFirst(neighbours: readonly number[][], roots: Iterable<number>): number[][] {
  const seen = neighbours.map(() => false)
  const trees: number[][] = []
  for (const root of roots) {
    if (seen[root]) continue
    const left: number[] = []
    const path = [{ node: root, next: 0 }]
    seen[root] = true
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = neighbours[top.node]![top.next++]
      if (to === undefined) {
        left.push(top.node)
        path.pop()
      } else if (!seen[to]) {
        seen[to] = true
        path.push({ node: to, next: 0 })
      }
    }
    trees.push(left)
  }
  return trees
}
