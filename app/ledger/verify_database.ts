import db from '@adonisjs/lucid/services/db'
import { toHex } from '#lib/bytes'
import { Streams } from '#lib/ledger/streams'
import { appendLeaf, EMPTY_FRONTIER, rootOf, type Frontier } from '#lib/merkle'
import { waitingEntries } from '#ledger/outbox'
import { Replay, type Client, type RowFinding } from '#ledger/replay'
import { signedAnchors, type AnchorFinding, type Anchors } from '#ledger/verify_anchors'
import {
  besideTheLog,
  checkEntry,
  erasuresOnRecord,
  restorationsOnRecord,
  leafOf,
  orphanedPayload,
  storedEntries,
  type EntryFinding,
} from '#ledger/verify_entry'
import { compareHead, compareStreams, Nodes, type HeadFinding } from '#ledger/verify_heads'

export type LedgerFinding = EntryFinding | HeadFinding | AnchorFinding | RowFinding

export interface LedgerVerdict {
  readonly size: number
  readonly root: string
  readonly erased: number
  /** Came back from the published log after a restore: the leaf is there, the content is not. */
  readonly lost: number
  readonly findings: readonly LedgerFinding[]
}

const BATCH = 2000

/**
 * Recomputes the whole log from what is stored, compares it with everything that was signed, then the fold of
 * its changes with the tables, row by row. Stops at the first damaged entry, since nothing after it can be believed.
 * Beside a running app `client` is a transaction that sees one moment.
 */
export async function verifyLedger(
  progress: (done: number, of: number) => void = () => {},
  client: Client = db
): Promise<LedgerVerdict> {
  const head = await client.from('ledger_head').where('id', 1).first()
  const counted = Number(head?.size ?? 0)
  const restorations = await restorationsOnRecord(client)
  const anchors = await signedAnchors(client, restorations)
  const erasures = await erasuresOnRecord(client)
  const [streams, replay, nodes] = [new Streams(), new Replay(), new Nodes()]
  let frontier: Frontier = EMPTY_FRONTIER
  let [erased, lost] = [0, 0]
  const verdict = (findings: readonly LedgerFinding[]): LedgerVerdict => {
    return { size: frontier.size, root: toHex(rootOf(frontier)), erased, lost, findings }
  }
  const beside = await besideTheLog(client)
  if (beside) return verdict([beside])
  for (;;) {
    // One more than are taken: a row that stands twice must not hide between two batches.
    const rows = await storedEntries(client, frontier.size, BATCH + 1)
    for (const row of rows) {
      const index = frontier.size
      const finding = checkEntry(row, index, { streams, erasures, restorations, anchors })
      if (finding) return verdict([finding])
      frontier = appendLeaf(frontier, leafOf(row), (height, hash) => nodes.completed(index, height, hash))
      anchors.pass(frontier)
      if (row.payload !== null) replay.apply(JSON.parse(row.payload))
      else if (erasures.has(index)) {
        erased += 1
        replay.applyErased(erasures.get(index)!.changes)
      } else lost += 1
    }
    progress(frontier.size, Math.max(counted, frontier.size))
    if (rows.length <= BATCH) break
  }
  // Committed with their changes, and on their way into the log.
  for (const { payload } of await waitingEntries(client)) replay.apply(payload)
  const orphan = await orphanedPayload(client)
  return verdict([
    ...theEnd(frontier.size, counted, anchors),
    ...(orphan ? [orphan] : []),
    ...(await compareHead(client, frontier)),
    ...(await compareStreams(client, streams)),
    ...(await nodes.compare(client, anchors.size)),
    ...anchors.findings(frontier.size),
    ...(await replay.compare(client)),
  ])
}

/** Where the log ends, when more was signed, or when it goes on beyond what its head and all signatures know of. */
function theEnd(size: number, counted: number, anchors: Anchors): EntryFinding[] {
  if (size < anchors.size) return [{ code: 'entry_missing', index: size }]
  if (size > counted && size > anchors.size)
    return [{ code: 'entry_outside', index: Math.max(counted, anchors.size) }]
  return []
}
