import { ok } from '#lib/result'
import type { OpinionEntry } from '#lib/room/state'
import type { OperationPayloads } from '#lib/room/operations'
import type { OpinionKind } from '#lib/room/words'
import { textDocument } from '#sessions/log/item_text'
import {
  edits,
  inMerging,
  refuse,
  tell,
  type Decision,
  type Scene,
  type Told,
} from '#sessions/decisions/scene'
import { opinionText } from '#sessions/domain/opinion_text'

const STRICTEST: readonly OpinionKind[] = ['severe_defect', 'must_fix', 'advice']

/** CONC-4: a new item from opinions that are in none yet; one alone stands alone (单列). */
export function createItem(scene: Scene, payload: OperationPayloads['item.create']): Decision {
  const { itemId, heading } = payload
  const opinionIds = [...new Set(payload.opinionIds)]
  if (!edits(scene) || !inMerging(scene)) return refuse('E_NOT_NOW')
  if (scene.panel.items.some((item) => item.itemId === itemId)) return refuse('E_ITEM_EXISTS')
  const free = freeOpinions(scene, opinionIds)
  if (!free) return refuse('E_OPINION_TAKEN')
  const first = free[0]!
  const kind = payload.kind ?? strictest(free)
  const text = free.map((opinion) => opinionText(opinion.fields)).join('\n')
  const basis = [...new Set(free.map((opinion) => opinion.fields.basis).filter(Boolean))].join('；')
  const { page, place, chapter } = first.fields
  return ok([
    tell('panel', 'item.created', {
      itemId,
      position: scene.panel.items.length + 1,
      fields: { heading: heading ?? '', kind, page, place, basis, chapter },
      defect: defectOf(free),
      text,
      doc: textDocument(text),
      opinionIds,
    }),
  ])
}

export function mergeIntoItem(
  scene: Scene,
  { itemId, opinionIds }: OperationPayloads['item.merge']
): Decision {
  const item = itemOf(scene, itemId)
  if (!item) return refuse('E_NOT_NOW')
  const added = [...new Set(opinionIds)]
  if (!freeOpinions(scene, added)) return refuse('E_OPINION_TAKEN')
  return ok([sources(scene, itemId, [...item.opinionIds, ...added])])
}

export function releaseFromItem(
  scene: Scene,
  { itemId, opinionIds }: OperationPayloads['item.release']
): Decision {
  const item = itemOf(scene, itemId)
  if (!item) return refuse('E_NOT_NOW')
  if (!opinionIds.every((id) => item.opinionIds.includes(id))) return refuse('E_OPINION_NOT_IN_ITEM')
  const left = item.opinionIds.filter((id) => !opinionIds.includes(id))
  return ok([left.length === 0 ? tell('panel', 'item.removed', { itemId }) : sources(scene, itemId, left)])
}

export function moveItem(scene: Scene, { itemId, position }: OperationPayloads['item.move']): Decision {
  if (!itemOf(scene, itemId)) return refuse('E_NOT_NOW')
  if (position > scene.panel.items.length) return refuse('E_POSITION')
  return ok([tell('panel', 'item.moved', { itemId, position })])
}

/** A defect that stands can't be worded away: its item stays one until CONC-3 is met. */
export function setItem(scene: Scene, { itemId, set }: OperationPayloads['item.set']): Decision {
  const item = itemOf(scene, itemId)
  if (!item) return refuse('E_NOT_NOW')
  const defect = item.opinionIds.some((id) => scene.panel.opinions[id]?.defect?.stands)
  if (set.kind !== undefined && (set.kind === 'severe_defect') !== defect) return refuse('E_DEFECT_STANDS')
  return ok([tell('panel', 'item.set', { itemId, set })])
}

export function leaveOut(
  scene: Scene,
  { opinionId, reason }: OperationPayloads['opinion.leave_out']
): Decision {
  const opinion = scene.panel.opinions[opinionId]
  if (!edits(scene) || !inMerging(scene)) return refuse('E_NOT_NOW')
  if (!opinion || opinion.itemId || opinion.leftOut) return refuse('E_OPINION_TAKEN')
  if (opinion.defect?.stands) return refuse('E_DEFECT_STANDS')
  return ok([tell('panel', 'opinion.left_out', { opinionId, reason })])
}

export function takeBack(scene: Scene, { opinionId }: OperationPayloads['opinion.take_back']): Decision {
  if (!edits(scene) || !inMerging(scene)) return refuse('E_NOT_NOW')
  if (!scene.panel.opinions[opinionId]?.leftOut) return refuse('E_OPINION_TAKEN')
  return ok([tell('panel', 'opinion.taken_back', { opinionId })])
}

/** What a settled defect means for the item that it is in. */
export function settledInItems(scene: Scene, opinionId: string, kind: OpinionKind): Told[] {
  const item = scene.panel.items.find((one) => one.opinionIds.includes(opinionId))
  if (!item) return []
  const others = item.opinionIds.filter((id) => id !== opinionId).map((id) => scene.panel.opinions[id]!)
  const kinds = [...others.map((opinion) => opinion.fields.kind), kind]
  const { itemId, opinionIds } = item
  return [
    tell('panel', 'item.sources', {
      itemId,
      opinionIds,
      kind: STRICTEST.find((one) => kinds.includes(one))!,
      defect: defectOf(others),
    }),
  ]
}

function itemOf(scene: Scene, itemId: string) {
  if (!edits(scene) || !inMerging(scene)) return null
  return scene.panel.items.find((item) => item.itemId === itemId) ?? null
}

/** Null when one of them is unknown, in an item, or left out. */
function freeOpinions(scene: Scene, ids: readonly string[]): OpinionEntry[] | null {
  const found = ids.map((id) => scene.panel.opinions[id])
  return found.length > 0 && found.every((one) => one && !one.itemId && !one.leftOut)
    ? (found as OpinionEntry[])
    : null
}

function sources(scene: Scene, itemId: string, opinionIds: string[]): Told {
  const opinions = opinionIds.map((id) => scene.panel.opinions[id]!)
  return tell('panel', 'item.sources', {
    itemId,
    opinionIds,
    kind: strictest(opinions),
    defect: defectOf(opinions),
  })
}

function strictest(opinions: readonly OpinionEntry[]): OpinionKind {
  return STRICTEST.find((kind) => opinions.some((opinion) => opinion.fields.kind === kind))!
}

function defectOf(opinions: readonly OpinionEntry[]): string | null {
  return opinions.find((opinion) => opinion.defect?.stands)?.defect?.code ?? null
}
