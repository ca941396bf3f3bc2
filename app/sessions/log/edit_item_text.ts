import type { UnitOfWork } from '#ledger/public'
import { ok } from '#lib/result'
import type { OperationPayloads } from '#lib/room/operations'
import {
  edits,
  inMerging,
  isMember,
  refuse,
  tell,
  type Decision,
  type Scene,
} from '#sessions/decisions/scene'
import { applyUpdate, LONGEST_ITEM_TEXT } from '#sessions/log/item_text'

/**
 * The words of an item are edited together: a Yjs update is merged into the stored document, and the plain
 * text that results goes along, so that nobody needs Yjs to read the log. It makes votes void (CONC-1).
 */
export async function editItemText(
  unit: UnitOfWork,
  scene: Scene,
  { itemId, update }: OperationPayloads['item.text']
): Promise<Decision> {
  if ((!isMember(scene) && !edits(scene)) || !inMerging(scene)) return refuse('E_NOT_NOW')
  const item = scene.panel.items.find((one) => one.itemId === itemId)
  if (!item) return refuse('E_NO_ITEM')
  const row = await unit.trx.from('session_items').where('id', itemId).select('doc').firstOrFail()
  const edited = applyUpdate(new Uint8Array(row.doc), update)
  if (!edited) return refuse('E_TEXT', { longest: LONGEST_ITEM_TEXT })
  await unit.update('session_items', itemId, {
    doc: Buffer.from(edited.doc),
    text: edited.text,
    revision: item.revision + 1,
  })
  return ok([tell('panel', 'item.text', { itemId, update, text: edited.text, userId: scene.me.userId })])
}
