import type { Regulation } from '#core/regulation/types'
import type { ItemStanding } from './every_item_is_confirmed.ts'
import type { MergeFault } from './nothing_is_lost_in_merging.ts'
import { quorumOf } from './quorum.ts'

export type Conclusion = 'PASS' | 'REVISE' | 'FAIL'
/** From the mildest to the strictest. */
const STRICTNESS: readonly Conclusion[] = ['PASS', 'REVISE', 'FAIL']

export type ConclusionVote = { member: string; conclusion: Conclusion; reason: string }
export type ConclusionItem = {
  id: string
  kind: 'must_fix' | 'advice'
  concrete: boolean
  standing: ItemStanding
}

export type Deliberation = {
  members: readonly string[]
  present: readonly string[]
  votes: readonly ConclusionVote[]
  items: readonly ConclusionItem[]
  merge_faults: readonly MergeFault[]
  /** Codes of the listed defects that stand (CONC-3). */
  standing_defects: readonly string[]
  fail_reason: string
}

export type Block =
  | { rule: 'MEET-4'; code: 'no_quorum'; have: number; need: number }
  | { rule: 'CONC-5'; code: 'votes_missing'; members: string[] }
  | { rule: 'CONC-1'; code: 'stricter_vote_stands'; members: string[] }
  | { rule: 'CONC-1'; code: 'nobody_votes_for_it' }
  | { rule: 'CONC-1'; code: 'dissent_without_reason'; members: string[] }
  | { rule: 'CONC-1'; code: 'items_not_confirmed'; items: string[] }
  | { rule: 'CONC-2'; code: 'must_fix_needed' | 'fail_reason_missing' }
  | { rule: 'CONC-2'; code: 'must_fix_open' | 'items_not_concrete'; items: string[] }
  | { rule: 'CONC-3'; code: 'severe_defect_stands'; defects: readonly string[] }
  | { rule: 'CONC-4'; code: 'opinions_not_handled'; count: number }

/**
 * Rules CONC-1 … CONC-5 (Order 37, article 13; notice 31 of 2018; list 63 of 2024). For each conclusion
 * what stands in its way; an empty list allows it. Adjournment is always possible. A vote counts when it is
 * a member's last.
 */
export function conclusionBlocks(state: Deliberation, regulation: Regulation): Record<Conclusion, Block[]> {
  const common = commonBlocks(state, regulation)
  const must = state.items.filter((item) => item.kind === 'must_fix')
  const vague = must.filter((item) => !item.concrete).map((item) => item.id)
  const defects: Block[] =
    state.standing_defects.length === 0
      ? []
      : [{ rule: 'CONC-3', code: 'severe_defect_stands', defects: state.standing_defects }]

  const pass: Block[] =
    must.length === 0 ? [] : [{ rule: 'CONC-2', code: 'must_fix_open', items: must.map((item) => item.id) }]
  const revise: Block[] = must.length > 0 ? [] : [{ rule: 'CONC-2', code: 'must_fix_needed' }]
  if (vague.length > 0) revise.push({ rule: 'CONC-2', code: 'items_not_concrete', items: vague })
  const fail: Block[] =
    state.fail_reason.trim() === '' ? [{ rule: 'CONC-2', code: 'fail_reason_missing' }] : []
  return {
    PASS: [...common, ...defects, ...pass, ...voteBlocks('PASS', state)],
    REVISE: [...common, ...defects, ...revise, ...voteBlocks('REVISE', state)],
    FAIL: [...common, ...fail, ...voteBlocks('FAIL', state)],
  }
}

/** Rule CONC-1. Those who do not share the conclusion, or object to an item, with their reasons. */
export function dissentOf(conclusion: Conclusion, state: Deliberation): { member: string; reason: string }[] {
  const votes = lastVotes(state).filter((vote) => vote.conclusion !== conclusion)
  const objections = state.items.flatMap((item) => item.standing.objected)
  return [...votes.map(({ member, reason }) => ({ member, reason })), ...objections]
}

function commonBlocks(state: Deliberation, regulation: Regulation): Block[] {
  const blocks: Block[] = []
  const quorum = quorumOf(state.members, state.present, regulation)
  if (!quorum.ok) blocks.push({ rule: 'MEET-4', code: 'no_quorum', have: quorum.have, need: quorum.need })
  const voted = new Set(lastVotes(state).map((vote) => vote.member))
  const silent = state.members.filter((member) => !voted.has(member))
  if (silent.length > 0) blocks.push({ rule: 'CONC-5', code: 'votes_missing', members: silent })
  if (state.merge_faults.length > 0) {
    blocks.push({ rule: 'CONC-4', code: 'opinions_not_handled', count: state.merge_faults.length })
  }
  const open = state.items.filter((item) => item.standing.pending.length > 0).map((item) => item.id)
  if (open.length > 0) blocks.push({ rule: 'CONC-1', code: 'items_not_confirmed', items: open })
  return blocks
}

/** While one member stands by a stricter conclusion, it holds; a milder vote is dissent and has a reason. */
function voteBlocks(conclusion: Conclusion, state: Deliberation): Block[] {
  const votes = lastVotes(state)
  const rank = STRICTNESS.indexOf(conclusion)
  const stricter = votes
    .filter((vote) => STRICTNESS.indexOf(vote.conclusion) > rank)
    .map((vote) => vote.member)
  if (stricter.length > 0) return [{ rule: 'CONC-1', code: 'stricter_vote_stands', members: stricter }]
  if (!votes.some((vote) => vote.conclusion === conclusion))
    return [{ rule: 'CONC-1', code: 'nobody_votes_for_it' }]
  const mute = votes.filter((vote) => vote.conclusion !== conclusion && vote.reason.trim() === '')
  if (mute.length === 0) return []
  return [{ rule: 'CONC-1', code: 'dissent_without_reason', members: mute.map((vote) => vote.member) }]
}

/** Members only, and of each the last vote. */
function lastVotes(state: Deliberation): ConclusionVote[] {
  return state.members.flatMap((member) => state.votes.findLast((vote) => vote.member === member) ?? [])
}
