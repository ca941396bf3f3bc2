import type { BackupManifest } from '#bin/backup/format'

/** Where the ledger kept apart says that it stood; null when that is not there. */
export type SignedHead = { readonly size: number; readonly root: string } | null

/** Why the log can't simply go on from the backup, in a sentence; null when it was signed just so far. */
export function whyNotToGoOn(signed: SignedHead, ledger: BackupManifest['ledger']): string | null {
  if (!signed)
    // Unless it never began.
    return ledger.size === 0
      ? null
      : 'VAR_DIR/ledger-head is not here, so nothing here can say whether the log was signed beyond the backup.'
  if (signed.size > ledger.size)
    return `The log was signed up to ${signed.size} entries: the last ${signed.size - ledger.size} are not in the backup.`
  if (signed.size < ledger.size)
    return `VAR_DIR/ledger-head says ${signed.size} entries, fewer than the backup holds: it is older than the backup.`
  if (signed.root !== ledger.root)
    return `The log that was signed has as many entries as the backup, but others.`
  return null
}
