import { m } from '#paraglide/messages.js'

/** Each step of the verifier in words; an unknown code shows as it is. */
export const checkTexts: Record<string, () => string> = {
  readable: m.check_readable,
  rules_record: m.check_rules_record,
  pool_leaves: m.check_pool_leaves,
  pool_order: m.check_pool_order,
  plan_identity: m.check_plan_identity,
  plan_key: m.check_plan_key,
  rules_hash: m.check_rules_hash,
  pool_root: m.check_pool_root,
  draw_id: m.check_draw_id,
  level: m.check_level,
  server_proof: m.check_server_proof,
  witness_proof: m.check_witness_proof,
  openings: m.check_openings,
  feasible: m.check_feasible,
  result: m.check_result,
  default_panel: m.check_default_panel,
  departure: m.check_departure,
  server_key_trusted: m.check_server_key_trusted,
  witness_key_trusted: m.check_witness_key_trusted,
}
