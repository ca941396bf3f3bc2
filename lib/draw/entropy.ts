import { fromHex, sha256, toHex, u32be, utf8 } from '../bytes.ts'
import { vrfVerify, type VrfError } from '../vrf.ts'
import { ok, type Result } from '../result.ts'
import { LABEL } from './labels.ts'
import type { DrawRules, Level } from './rules.ts'
import { sized } from './salts.ts'

const LEVEL_BYTE: Record<Level, number> = { L1: 1, L2: 2 }

/**
 * What both parties evaluate: SHA-256(label ‖ planKey ‖ u32be(round) ‖ rulesHash ‖ poolRoot), as hex.
 * It names the draw (drawId), since it differs whenever anything that bears on the result differs.
 */
export function drawInput(parts: {
  planKey: string
  round: number
  rulesHash: string
  poolRoot: string
}): string {
  return toHex(
    sha256(
      utf8(LABEL.input),
      fromHex(parts.planKey),
      u32be(parts.round),
      fromHex(parts.rulesHash),
      fromHex(parts.poolRoot)
    )
  )
}

/**
 * What both parties evaluate for a replacement. No reason and no time is in it, so that a refusal cannot be
 * worded until the next name pleases.
 */
export function replacementInput(parts: {
  drawId: string
  seat: number
  number: number
  leaver: string
}): string {
  return toHex(
    sha256(
      utf8(LABEL.replacementInput),
      fromHex(parts.drawId),
      u32be(parts.seat),
      u32be(parts.number),
      sized(parts.leaver)
    )
  )
}

/** Proofs of both parties over one input, hex of 80 bytes each; the witness's is null at L1. */
export type Proofs = { readonly server: string; readonly witness: string | null }

export type EntropyError = { code: 'proof_missing'; party: Party } | { code: VrfError['code']; party: Party }
export type Party = 'server' | 'witness'

/** The seed of a draw from both parties' verified outputs. A missing one stalls the draw; nothing replaces it. */
export function drawSeed(rules: DrawRules, input: string, proofs: Proofs): Result<Uint8Array, EntropyError> {
  return seedOf(LABEL.seed, rules, input, proofs)
}

/** The seed of one replacement. */
export function replacementSeed(
  rules: DrawRules,
  input: string,
  proofs: Proofs
): Result<Uint8Array, EntropyError> {
  return seedOf(LABEL.replacementSeed, rules, input, proofs)
}

/** SHA-256(label ‖ level ‖ input ‖ server's output ‖ witness's output), the last only at L2. */
function seedOf(
  label: string,
  rules: DrawRules,
  input: string,
  proofs: Proofs
): Result<Uint8Array, EntropyError> {
  const server = partyOutput('server', rules.serverKey, input, proofs.server)
  if (!server.ok) return server
  const outputs = [server.value]
  if (rules.level === 'L2') {
    const witness = partyOutput('witness', rules.witnessKey, input, proofs.witness)
    if (!witness.ok) return witness
    outputs.push(witness.value)
  }
  return ok(sha256(utf8(label), Uint8Array.of(LEVEL_BYTE[rules.level]), fromHex(input), ...outputs))
}

/** A party's verified 64-byte output. */
export function partyOutput(
  party: Party,
  key: string | null,
  input: string,
  proof: string | null
): Result<Uint8Array, EntropyError> {
  if (key === null || proof === null) return { ok: false, error: { code: 'proof_missing', party } }
  const verified = vrfVerify(fromHex(key), fromHex(input), fromHex(proof))
  return verified.ok ? verified : { ok: false, error: { code: verified.error.code, party } }
}
