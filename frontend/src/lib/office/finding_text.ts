import { m } from '#paraglide/messages.js'

export interface LedgerFinding {
  code: string
  index?: number
  table?: string
  id?: string
}

const codes: Record<string, () => string> = {
  index_gap: m.ledger_code_index_gap,
  leaf_altered: m.ledger_code_leaf_altered,
  leaf_unreadable: m.ledger_code_leaf_unreadable,
  columns_differ: m.ledger_code_columns_differ,
  stream_broken: m.ledger_code_stream_broken,
  payload_altered: m.ledger_code_payload_altered,
  payload_missing: m.ledger_code_payload_missing,
  head_differs: m.ledger_code_head_differs,
  stream_count: m.ledger_code_stream_count,
  checkpoint_differs: m.ledger_code_checkpoint_differs,
  checkpoint_forged: m.ledger_code_checkpoint_forged,
  checkpoint_beyond_log: m.ledger_code_checkpoint_beyond_log,
  kept_head_unreadable: m.ledger_code_kept_head_unreadable,
  index_doubled: m.ledger_code_index_doubled,
  entry_outside: m.ledger_code_entry_outside,
  entry_missing: m.ledger_code_entry_missing,
  entry_rewritten: m.ledger_code_entry_rewritten,
  payload_orphaned: m.ledger_code_payload_orphaned,
  stream_head_differs: m.ledger_code_stream_head_differs,
  node_differs: m.ledger_code_node_differs,
  checkpoint_missing: m.ledger_code_checkpoint_missing,
  checkpoint_altered: m.ledger_code_checkpoint_altered,
  row_doubled: m.ledger_code_row_doubled,
  erasure_unlogged: m.ledger_code_erasure_unlogged,
  erasure_undone: m.ledger_code_erasure_undone,
  row_differs: m.ledger_code_row_differs,
  row_missing: m.ledger_code_row_missing,
  row_unlogged: m.ledger_code_row_unlogged,
}

/** 第 812 条：记录被改动. */
export function findingText({ code, index, table }: LedgerFinding): string {
  const what = codes[code]?.() ?? code
  if (index !== undefined) return m.ledger_finding_entry({ index, code: what })
  return table ? m.ledger_finding_row({ table, code: what }) : what
}
