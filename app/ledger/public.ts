export { record, recordResult, UnitOfWork } from '#ledger/unit_of_work'
export type { NewEntry, Receipt } from '#ledger/append'
export { lockLog, sequenced } from '#ledger/outbox'
export { auditTable } from '#ledger/domain/audited_tables'
export { verifyLedger } from '#ledger/verify_database'
export type { LedgerFinding, LedgerVerdict } from '#ledger/verify_database'
export { ledgerEntry, ledgerHead, proveConsistency, proveInclusion } from '#ledger/queries/ledger_head'
export { streamEntries, type OpenedEntry } from '#ledger/queries/stream_entries'
export { erasureEntries } from '#ledger/queries/erasure_entries'
export {
  checkpointCovering,
  latestCheckpoint,
  latestCosigned,
  ledgerProblem,
} from '#ledger/queries/checkpoints'
export type { PublishedCheckpoint } from '#ledger/queries/checkpoints'
export { eraseEntries, type EraseError } from '#ledger/actions/erase_entries'
export { exportLedger } from '#ledger/actions/export_ledger'
export { ownCheckpointer } from '#ledger/checkpoints/own_log'
export { anchorOf, type Anchor } from '#ledger/queries/anchor'
export { ledgerKeys, ledgerVerifierKeys } from '#ledger/queries/ledger_keys'
export { latestReceipt, receiptAt, receiptOf } from '#ledger/queries/receipts'
export { timestampsOfEntries } from '#ledger/queries/timestamps'
export { timestampLedgerBy } from '#ledger/timestamps/authority'
export { resumeLedger, type ResumeError } from '#ledger/resume/resume_ledger'
