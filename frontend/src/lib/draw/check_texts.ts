import { m } from '#paraglide/messages.js'

/** Each step of the verifier in words; an unknown code shows as it is. */
export const checkTexts: Record<string, () => string> = {
  readable: m.draw_check_readable,
  rules_record: m.draw_check_rules_record,
  pool_leaves: m.draw_check_pool_leaves,
  pool_order: m.draw_check_pool_order,
  plan_identity: m.draw_check_plan_identity,
  plan_key: m.draw_check_plan_key,
  rules_hash: m.draw_check_rules_hash,
  pool_root: m.draw_check_pool_root,
  draw_id: m.draw_check_draw_id,
  commit_entry: m.draw_check_commit_entry,
  commit_inclusion: m.draw_check_commit_inclusion,
  commit_payload: m.draw_check_commit_payload,
  level: m.draw_check_level,
  server_proof: m.draw_check_server_proof,
  witness_proof: m.draw_check_witness_proof,
  openings: m.draw_check_openings,
  widening: m.draw_check_widening,
  feasible: m.draw_check_feasible,
  result: m.draw_check_result,
  default_panel: m.draw_check_default_panel,
  departure: m.draw_check_departure,
  server_key_trusted: m.draw_check_server_key_trusted,
  witness_key_trusted: m.draw_check_witness_key_trusted,
}
