/** What is on record when a restored database goes on: whose entries came back from the published log alone. */
export { RESTORED_TYPE } from '#lib/ledger/leaf'

export interface Restoration {
  /** Who answers for it: name and office. Published. */
  readonly by: string
  readonly reason: string
  /** Entries from … to, the last not included, whose leaves are there and whose content is lost. */
  readonly lost: { readonly from: number; readonly to: number }
  /** Sizes between which checkpoints were let out that this database no longer has. */
  readonly checkpoints: { readonly from: number; readonly to: number }
}

/** Whether the database may lack a checkpoint of that size. */
export function isCheckpointLost(size: number, restorations: readonly Restoration[]): boolean {
  return restorations.some(({ checkpoints: { from, to } }) => size >= from && size <= to)
}

export function isLost(index: number, restorations: readonly Restoration[]): boolean {
  return restorations.some(({ lost }) => index >= lost.from && index < lost.to)
}
