import type { ItemEntry } from '#lib/room/state'
import type { ConclusionCode } from '#lib/room/words'
import { conclusionBlocks, type Block, type Deliberation } from '#sessions/domain/conclusion_is_allowed'
import { itemStanding } from '#sessions/domain/every_item_is_confirmed'
import { mergeFaults } from '#sessions/domain/nothing_is_lost_in_merging'
import { amountsToListedDefect, concretenessHints } from '#sessions/domain/opinion_is_concrete'
import { sitting, type Scene } from '#sessions/decisions/scene'

/** The panel's deliberation as the rules of the conclusion look at it. */
export function deliberationOf(scene: Scene, reasons: string): Deliberation {
  const members = sitting(scene).map((seat) => seat.seatId)
  const { panel } = scene
  return {
    members,
    present: sitting(scene)
      .filter((seat) => scene.room.people[seat.userId])
      .map((seat) => seat.seatId),
    votes: Object.entries(panel.conclusion.votes).map(([member, vote]) => ({
      member,
      conclusion: vote.conclusion,
      reason: vote.reason ?? '',
    })),
    items: panel.items.map((item) => ({
      id: item.itemId,
      // A defect that stands is no must-fix: it is dealt with by CONC-3 alone.
      kind: item.fields.kind === 'advice' ? ('advice' as const) : ('must_fix' as const),
      concrete: isConcrete(item),
      standing: itemStanding(item.revision, members, votesOf(item)),
    })),
    merge_faults: mergeFaults(
      Object.keys(panel.opinions),
      panel.items.map((item) => ({ id: item.itemId, sources: item.opinionIds })),
      Object.values(panel.opinions).flatMap(({ opinionId, leftOut }) =>
        leftOut ? [{ opinion_id: opinionId, reason: leftOut.reason }] : []
      )
    ),
    standing_defects: [
      ...new Set(
        Object.values(panel.opinions).flatMap(({ defect }) => (defect?.stands ? [defect.code ?? ''] : []))
      ),
    ],
    fail_reason: reasons,
  }
}

/** What stands in the way of each conclusion, CONC-1 … CONC-5; with the reasons of a 不通过 as proposed. */
export function blocksOf(
  scene: Scene,
  proposed?: { reasons: string } | null
): Record<ConclusionCode, Block[]> {
  const reasons = (proposed ?? scene.panel.conclusion.proposed)?.reasons ?? ''
  return conclusionBlocks(deliberationOf(scene, reasons), scene.regulation)
}

/** CONC-3: an open must-fix item that amounts to a listed defect would say what the panel has not found. */
export function disguisedDefects(scene: Scene): { itemId: string; defect: string }[] {
  return scene.panel.items.flatMap((item) => {
    if (item.fields.kind !== 'must_fix') return []
    const defect = amountsToListedDefect(item.text, scene.regulation.severe_defects)
    return defect ? [{ itemId: item.itemId, defect }] : []
  })
}

function isConcrete(item: ItemEntry): boolean {
  const { kind, page, place, basis } = item.fields
  return (
    concretenessHints({ kind, page, place, basis, requirement: item.text, defect_item: item.defect })
      .length === 0
  )
}

function votesOf(item: ItemEntry) {
  return Object.entries(item.votes).map(([member, vote]) => ({
    member,
    position: vote.vote,
    item_version: item.revision,
    reason: vote.reason ?? '',
  }))
}
