import { fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { CLOSING_TYPE } from '#lib/ledger/leaf'
import { appendLeaf, EMPTY_FRONTIER, rootOf, type Frontier } from '#lib/merkle'
import { FIRST_PREV, leafText } from '#ledger/domain/entry'

const OPEN = 40
const EACH = 120

/** Entries as the application writes them, without rows behind them: reviews by turns, each closed with its count. */
export function longLog(count: number) {
  const heads = new Map<string, { seq: number; prev: string; closed: boolean }>()
  let frontier: Frontier = EMPTY_FRONTIER
  const entry = (index: number) => {
    const round = Math.floor(index / (OPEN * EACH))
    const stream = `review/${round * OPEN + (index % OPEN)}`
    const before = heads.get(stream) ?? { seq: -1, prev: FIRST_PREV }
    const seq = before.seq + 1
    const closed = seq === EACH - 1
    const type = closed ? CLOSING_TYPE : 'session.opinion_sealed'
    const at = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString()
    const salt = toHex(sha256(utf8(`salt ${index}`)))
    const payload = {
      actor: { user: salt.slice(0, 32), capacity: salt.slice(32), kind: 'expert' },
      opinion: `第 ${index} 条意见：支撑轴力监测点应加密，并说明换撑阶段的控制值。`,
      ...(closed ? { entries: seq + 1 } : {}),
    }
    const made = leafText({ stream, seq, prev: before.prev, type, at, salt, payload })
    heads.set(stream, { seq, prev: made.leafHash, closed })
    frontier = appendLeaf(frontier, fromHex(made.leafHash))
    return {
      index,
      stream,
      seq,
      type,
      at,
      salt,
      leaf: made.leaf,
      leaf_hash: made.leafHash,
      payload: made.payload,
    }
  }
  return {
    *batches(size: number) {
      for (let from = 0; from < count; from += size)
        yield Array.from({ length: Math.min(size, count - from) }, (_, i) => entry(from + i))
    },
    streams: () => [...heads].map(([stream, head]) => ({ stream, ...head })),
    head: () => ({ size: frontier.size, nodes: frontier.nodes, root: toHex(rootOf(frontier)) }),
  }
}
