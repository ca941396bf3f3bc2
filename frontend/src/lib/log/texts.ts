import { m } from '#paraglide/messages.js'
import type { Answer, Check } from './types.ts'

export const checkTexts: Record<Check['code'], () => string> = {
  signature: m.log_check_signature,
  cosignature: m.log_check_cosignature,
  keys_same: m.log_check_keys_same,
  since_visit: m.log_check_since_visit,
}

export const failedTexts: Record<Check['code'], () => string> = {
  signature: m.log_failed_signature,
  cosignature: m.log_failed_cosignature,
  keys_same: m.log_failed_keys_same,
  since_visit: m.log_failed_since_visit,
}

export const answerTexts: Record<Answer['code'], () => string> = {
  receipt_in: m.log_receipt_in,
  receipt_beyond_log: m.log_receipt_beyond_log,
  receipt_not_in: m.log_receipt_not_in,
  receipt_unreadable: m.log_receipt_unreadable,
  since_ok: m.log_since_ok,
  since_rolled_back: m.log_since_rolled_back,
  since_forked: m.log_since_forked,
  since_unreadable: m.log_since_unreadable,
  since_not_signed: m.log_since_not_signed,
}

export const problemTexts: Record<string, () => string> = {
  ledger_rolled_back: m.log_problem_rolled_back,
  ledger_forked: m.log_problem_forked,
  entry_altered: m.log_problem_entry_altered,
  head_lost: m.log_problem_head,
  head_rolled_back: m.log_problem_head,
  head_unreadable: m.log_problem_head,
  head_taken: m.log_problem_head_taken,
  witness_ahead: m.log_problem_witness,
  witness_saw_another_log: m.log_problem_witness,
}

/** What the entries say that receipts are given for; others show their code alone. */
export const entryTexts: Record<string, () => string> = {
  'draw.committed': m.log_entry_draw_committed,
  'draw.completed': m.log_entry_draw_completed,
  'plan.version_fixed': m.log_entry_version_fixed,
  'report.signed': m.log_entry_report_signed,
  'review.open_signing': m.log_entry_report_certified,
  'review.issue_report': m.log_entry_report_issued,
}
