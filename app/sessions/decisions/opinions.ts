import { ok } from '#lib/result'
import type { OperationPayloads } from '#lib/room/operations'
import type { OpinionFields } from '#lib/room/words'
import { concretenessHints } from '#sessions/domain/opinion_is_concrete'
import { mayReveal } from '#sessions/domain/opinions_stay_sealed'
import {
  inMeeting,
  refuse,
  sitting,
  tell,
  type Decision,
  type Scene,
  type Told,
} from '#sessions/decisions/scene'

/** From the delivery of the plan until the panel's opinion is read out. */
function mayWrite(scene: Scene): boolean {
  if (!scene.me.seatId) return false
  return !['concluded', 'ended', 'read_out'].includes(scene.room.phase) && scene.room.stage !== 'answers'
}

export function saveOpinion(
  scene: Scene,
  { opinionId, fields }: OperationPayloads['opinion.save']
): Decision {
  if (!mayWrite(scene)) return refuse('E_NOT_NOW')
  if (scene.own.sealed[opinionId] || scene.panel.opinions[opinionId]) return refuse('E_SEALED')
  const version = scene.versions.find((one) => one.versionId === scene.versionId)
  if (fields.page !== null && version && fields.page > version.pages)
    return refuse('E_PAGE', { pages: version.pages })
  if (fields.region && fields.page === null) return refuse('E_REGION_WITHOUT_PAGE')
  if (fields.kind !== 'severe_defect' && fields.defect !== null) return refuse('E_DEFECT_ITEM')
  if (fields.defect !== null && !listed(scene, fields.defect)) return refuse('E_DEFECT_ITEM')
  return ok([tell('own', 'draft.saved', { opinionId, fields })])
}

export function discardOpinion(scene: Scene, { opinionId }: OperationPayloads['opinion.discard']): Decision {
  if (!scene.own.drafts[opinionId]) return refuse('E_NO_DRAFT')
  return ok([tell('own', 'draft.discarded', { opinionId })])
}

/**
 * PLAN-6: submitted is sealed. What is lacking by MEET-5 is refused for a severe defect without its list
 * item and for an opinion that asks for nothing; the rest is pointed out by the page (`lib/room/phrases.ts`).
 */
export function submitOpinions(scene: Scene, payload: OperationPayloads['opinion.submit']): Decision {
  const { opinionIds, nothingBecause } = payload
  if (!mayWrite(scene)) return refuse('E_NOT_NOW')
  const me = scene.me.seatId!
  const first = !scene.seats.find((seat) => seat.seatId === me)?.complete
  const reason = nothingBecause?.trim() ?? ''
  if (opinionIds.length === 0 && (!first || reason === '')) return refuse('E_NOTHING_TO_SUBMIT')
  const told: Told[] = []
  const mine: { opinionId: string; label: string; fields: OpinionFields }[] = []
  for (const opinionId of new Set(opinionIds)) {
    const draft = scene.own.drafts[opinionId]
    if (!draft) return refuse('E_NO_DRAFT', { opinionId })
    const lacking = blocking(draft.fields)
    if (lacking) return refuse(lacking, { opinionId })
    const label = `${scene.me.letter}${Object.keys(scene.own.sealed).length + mine.length + 1}`
    mine.push({ opinionId, label, fields: draft.fields })
    told.push(tell('own', 'opinion.sealed', { opinionId, label }))
  }
  if (first) told.push(tell('own', 'own.complete', { nothingBecause: mine.length === 0 ? reason : null }))
  const submittedAt = scene.now.toISOString()
  const shown = mine.map((one) => ({ ...one, seatId: me, submittedAt }))
  if (!scene.revealed) return ok([...told, ...revealed(scene, { complete: me, submitted: shown })])
  if (first)
    told.push(
      tell('panel', 'seat.complete', { seatId: me, nothingBecause: mine.length === 0 ? reason : null })
    )
  return ok([...told, ...shown.map((one) => tell('panel', 'opinion.revealed', one))])
}

/**
 * PLAN-6: the seal is lifted for all at once, when the meeting has begun and every member has handed in.
 * `complete` and `submitted` are what the running operation adds; `begun` that it opens the meeting.
 */
export function revealed(
  scene: Scene,
  adds: {
    complete?: string
    submitted?: readonly Scene['sealed'][number][]
    begun?: boolean
    seats?: Scene['seats']
  }
): Told[] {
  if (scene.revealed) return []
  const seats = (adds.seats ?? scene.seats).map((seat) => ({
    ...seat,
    submitted: seat.complete || seat.seatId === adds.complete,
  }))
  if (!mayReveal(adds.begun ?? inMeeting(scene.room), sitting({ seats }) as typeof seats)) return []
  const handedIn = seats.filter((seat) => seat.submitted)
  const opinions = [...scene.sealed, ...(adds.submitted ?? [])]
  return handedIn.flatMap((seat) => [
    tell('panel', 'seat.complete', {
      seatId: seat.seatId,
      nothingBecause: opinions.some((one) => one.seatId === seat.seatId) ? null : '',
    }),
    ...opinions
      .filter((one) => one.seatId === seat.seatId)
      .map((one) => tell('panel', 'opinion.revealed', one)),
  ])
}

function blocking(fields: OpinionFields): string | null {
  const hints = concretenessHints({ ...fields, defect_item: fields.defect }).map((hint) => hint.code)
  if (hints.includes('defect_item_missing')) return 'E_DEFECT_ITEM'
  return fields.requirement.trim() === '' && fields.finding.trim() === '' ? 'E_OPINION_EMPTY' : null
}

function listed(scene: Scene, code: string): boolean {
  return scene.regulation.severe_defects.some((group) => group.items.some((item) => item.code === code))
}
