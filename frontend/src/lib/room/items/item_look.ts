import type { ItemEntry, OpinionEntry } from '@shared/room/state.ts'
import type { Seat } from '@shared/room/protocol.ts'
import type { Vote } from '../../ui/Votes.svelte'

export const kindOf = (kind: ItemEntry['fields']['kind']): 'must' | 'advice' | 'severe' =>
  kind === 'severe_defect' ? 'severe' : kind === 'advice' ? 'advice' : 'must'

/** Its heading, or its first words. */
export const headingOf = (item: ItemEntry): string =>
  item.fields.heading || (item.text.split(/[，。；：\n]/u)[0] ?? '')

export function votesOf(item: ItemEntry, members: readonly Seat[]): Vote[] {
  return members.map((seat) => {
    const vote = item.votes[seat.seatId]?.vote
    return {
      letter: seat.letter,
      name: seat.name,
      vote: vote === 'confirm' ? 'yes' : vote === 'object' ? 'no' : 'none',
    }
  })
}

/** Sources of an item that are severe defects still standing. */
export function standingDefects(
  item: ItemEntry,
  opinions: Readonly<Record<string, OpinionEntry>>
): OpinionEntry[] {
  return item.opinionIds.flatMap((id) => (opinions[id]?.defect?.stands ? [opinions[id]] : []))
}

/** What became of a defect among the sources: withdrawn, or reclassified by all. */
export function settledDefects(
  item: ItemEntry,
  opinions: Readonly<Record<string, OpinionEntry>>
): OpinionEntry[] {
  return item.opinionIds.flatMap((id) => {
    const opinion = opinions[id]
    return opinion?.defect && !opinion.defect.stands ? [opinion] : []
  })
}
