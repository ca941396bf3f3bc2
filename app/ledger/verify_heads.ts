/** What the database says of the log beside its entries, against what the entries make of it. */
import { canonicalJson } from '#lib/canonical_json'
import { toHex } from '#lib/bytes'
import type { Streams } from '#lib/ledger/streams'
import { rootOf, type Frontier } from '#lib/merkle'
import { TILE_WIDTH } from '#lib/tlog/tiles'
import type { Client } from '#ledger/replay'

export type HeadFinding =
  | { code: 'head_differs'; have: string; computed: string }
  /** The head of a stream, from which its next entry would go on. */
  | { code: 'stream_head_differs'; stream: string }
  /** The root of a full tile, from which proofs are made. */
  | { code: 'node_differs'; level: number; index: number }

/** Roots of the tiles that the log has filled, as it goes by. */
export class Nodes {
  readonly #hashes = new Map<string, string>()

  /** As `appendLeaf` tells it: the leaf at `index` completes a subtree of 2 ** height leaves. */
  completed(index: number, height: number, hash: Uint8Array): void {
    if (height % 8 === 0) this.#hashes.set(`${height / 8}/${Math.floor(index / 2 ** height)}`, toHex(hash))
  }

  /** `signed`: below that size each of them has to be there; above it they come with the next checkpoint. */
  async compare(client: Client, signed: number): Promise<HeadFinding[]> {
    const { rows } = await client.rawQuery(
      'SELECT level, index, hash FROM ledger_nodes ORDER BY level, index'
    )
    const stored = new Map<string, string>(rows.map((row: any) => [`${row.level}/${row.index}`, row.hash]))
    const wrong = [...stored].filter(([name, hash]) => this.#hashes.get(name) !== hash)
    const lost = [...this.#hashes].filter(([name]) => !stored.has(name) && isBelow(name, signed))
    return [...wrong, ...lost].map(([name]) => ({ code: 'node_differs', ...placeOf(name) }))
  }
}

function placeOf(name: string): { level: number; index: number } {
  const [level, index] = name.split('/').map(Number)
  return { level: level!, index: index! }
}

function isBelow(name: string, size: number): boolean {
  const { level, index } = placeOf(name)
  return (index + 1) * TILE_WIDTH ** level <= size
}

export async function compareHead(client: Client, frontier: Frontier): Promise<HeadFinding[]> {
  const head = await client.from('ledger_head').where('id', 1).first()
  const computed = headText(frontier.size, toHex(rootOf(frontier)), frontier.nodes)
  const have = head ? headText(Number(head.size), head.root, head.frontier) : 'nothing'
  return have === computed ? [] : [{ code: 'head_differs', have, computed }]
}

function headText(size: number, root: string, nodes: unknown): string {
  return `${size} ${root} ${canonicalJson(nodes)}`
}

export async function compareStreams(client: Client, streams: Streams): Promise<HeadFinding[]> {
  const rows = await client.from('ledger_streams').orderBy('stream')
  const stored = new Map<string, string>(
    rows.map((row) => [row.stream, canonicalJson([row.seq, row.prev, row.closed])])
  )
  const computed = new Map<string, string>(
    streams.heads().map(([stream, seq, hash, closed]) => [stream, canonicalJson([seq, hash, closed])])
  )
  return [...new Set([...computed.keys(), ...stored.keys()])]
    .filter((stream) => computed.get(stream) !== stored.get(stream))
    .map((stream) => ({ code: 'stream_head_differs', stream }))
}
