import { leaderOpinionFaults, type LeaderFault } from '#reports/domain/revision_answers_every_item'
import type { ItemRow, Judgement, SubmissionRow } from '#reports/revision/models/rows'

export interface LeaderOpinion {
  readonly submission: number
  readonly decision: 'agree' | 'send_back'
  /** SHA-256 of the version that the leader has looked at. */
  readonly versionSha256: string
  readonly text: string
  readonly judged: Readonly<Record<string, Judgement>>
}

export type OpinionFault =
  LeaderFault | { code: 'reason_missing'; item: string } | { code: 'nothing_rejected' }

/**
 * Rule REP-3. What the leader's opinion still lacks. To agree, every must-fix item is agreed to and there are words
 * that the supervising engineer can go by; to send back, at least one item is rejected, each with its reason.
 */
export function opinionFaults(
  items: readonly Pick<ItemRow, 'id' | 'kind'>[],
  input: LeaderOpinion,
  given: { leader: string; by: string; submission: Pick<SubmissionRow, 'version_sha256'> }
): OpinionFault[] {
  const decided = Object.entries(input.judged).flatMap(([item, { agrees }]) =>
    agrees === null ? [] : [[item, agrees] as const]
  )
  const faults: OpinionFault[] = leaderOpinionFaults([...items], {
    by: given.by,
    leader: given.leader,
    text: input.text,
    version_hash: input.versionSha256,
    revision_hash: given.submission.version_sha256,
    judged: Object.fromEntries(decided),
  })
  const rejected = items.filter(({ id }) => input.judged[id]?.agrees === false)
  const missing = rejected
    .filter(({ id }) => input.judged[id]!.reason.trim() === '')
    .map(({ id }) => ({ code: 'reason_missing' as const, item: id }))
  if (input.decision === 'agree') return [...faults, ...missing]
  const about = new Set(['item_rejected', 'item_not_judged', 'opinion_empty'])
  const nothing: OpinionFault[] = rejected.length === 0 ? [{ code: 'nothing_rejected' }] : []
  return [...faults.filter(({ code }) => !about.has(code)), ...nothing, ...missing]
}
