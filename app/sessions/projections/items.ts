import { newId } from '#core/ids'
import { fromBase64 } from '#lib/bytes'
import type { EventData } from '#lib/room/events'
import type { ItemEntry } from '#lib/room/state'
import type { Projecting } from '#sessions/projections/project'

type Data<T extends keyof EventData> = EventData[T]

const itemAfter = ({ after }: Projecting, itemId: string): ItemEntry =>
  after.panel.items.find((item) => item.itemId === itemId)!

/** Items of the panel's opinion, their sources and votes. */
export const ITEM_PROJECTIONS = {
  'item.created': async (context: Projecting, data: Data<'item.created'>) => {
    const { unit, session } = context
    await unit.insert('session_items', {
      id: data.itemId,
      review_id: session.review_id,
      position: data.position,
      ...data.fields,
      defect: data.defect,
      sources: data.opinionIds,
      removed_at: null,
      settled_text: null,
      settled_revision: null,
      text: data.text,
      revision: 1,
      doc: Buffer.from(fromBase64(data.doc)),
    })
    await projectSources(context)
  },
  'item.sources': async (context: Projecting, { itemId, opinionIds, kind, defect }: Data<'item.sources'>) => {
    const { revision } = itemAfter(context, itemId)
    await context.unit.update('session_items', itemId, { sources: opinionIds, kind, defect, revision })
    await projectSources(context)
  },
  'item.removed': async (context: Projecting, { itemId }: Data<'item.removed'>) => {
    await context.unit.update('session_items', itemId, { removed_at: context.unit.at, sources: [] })
    await projectSources(context)
  },
  'item.set': async (context: Projecting, { itemId, set }: Data<'item.set'>) => {
    await context.unit.update('session_items', itemId, {
      ...set,
      revision: itemAfter(context, itemId).revision,
    })
  },
  'item.voted': async (
    context: Projecting,
    { itemId, seatId, vote, reason, revision }: Data<'item.voted'>
  ) => {
    const { unit, session } = context
    await unit.insert('session_item_votes', {
      id: newId(),
      review_id: session.review_id,
      item_id: itemId,
      seat_id: seatId,
      revision,
      vote,
      reason,
      at: unit.at,
    })
    await settleText(context, itemAfter(context, itemId))
  },
}

/** The words that a vote was given on, or that are read out, enter the ledger with it. */
export async function settleText({ unit }: Projecting, item: ItemEntry): Promise<void> {
  const row = await unit.trx
    .from('session_items')
    .where('id', item.itemId)
    .select('settled_revision')
    .firstOrFail()
  if (row.settled_revision === item.revision) return
  await unit.update('session_items', item.itemId, {
    settled_text: item.text,
    settled_revision: item.revision,
  })
}

/** An opinion that came into an item is merged, one that left it is free again. */
async function projectSources({ unit, before, after }: Projecting): Promise<void> {
  for (const { opinionId, itemId } of Object.values(after.panel.opinions)) {
    if (before.panel.opinions[opinionId]?.itemId === itemId) continue
    const row = await unit.trx.from('session_opinions').where('id', opinionId).select('item_id').firstOrFail()
    if (row.item_id === itemId) continue
    await unit.update('session_opinions', opinionId, {
      item_id: itemId,
      state: itemId ? 'MERGED' : 'REVEALED',
    })
  }
}

/** The numbers of the items, where they differ from before. */
export async function projectPositions({ unit, after }: Projecting): Promise<void> {
  const rows = await unit.trx
    .from('session_items')
    .whereIn(
      'id',
      after.panel.items.map((item) => item.itemId)
    )
    .select('id', 'position')
  const positions = new Map(rows.map((row) => [row.id, row.position]))
  for (const [index, item] of after.panel.items.entries()) {
    if (positions.get(item.itemId) !== index + 1)
      await unit.update('session_items', item.itemId, { position: index + 1 })
  }
}
