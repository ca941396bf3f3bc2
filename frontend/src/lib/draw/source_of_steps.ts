/** Which file of the source does a step. */
import type { DrawCheckCode } from '@shared/draw/verify_evidence.ts'

const FILES: Partial<Record<DrawCheckCode, string>> = {
  readable: 'draw/evidence.ts',
  rules_record: 'draw/rules.ts',
  pool_leaves: 'draw/pool.ts',
  pool_order: 'draw/pool.ts',
  plan_identity: 'draw/plan_key.ts',
  plan_key: 'draw/plan_key.ts',
  rules_hash: 'draw/rules.ts',
  pool_root: 'draw/pool.ts',
  draw_id: 'draw/entropy.ts',
  commit_entry: 'draw/ledger_place.ts',
  commit_inclusion: 'draw/ledger_place.ts',
  commit_payload: 'draw/ledger_place.ts',
  commit_checkpoint: 'draw/ledger_signers.ts',
  server_proof: 'vrf.ts',
  witness_proof: 'vrf.ts',
  beacon_awaited: 'draw/verify_beacon.ts',
  beacon_value: 'draw/beacon.ts',
  openings: 'draw/salts.ts',
  widening: 'draw/widening.ts',
  feasible: 'draw/chances.ts',
  result: 'draw/draw.ts',
  default_panel: 'draw/panel.ts',
}

/** Relative to `lib/`. What is compared in the verifier itself has no file of its own. */
export function fileOfStep(code: DrawCheckCode): string {
  if (code.startsWith('departure')) return 'draw/verify_departures.ts'
  if (code.startsWith('round_before')) return 'draw/verify_round_before.ts'
  return FILES[code] ?? 'draw/verify_evidence.ts'
}
