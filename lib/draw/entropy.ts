import { fromHex, sha256, toHex, u32be, utf8 } from '../bytes.ts'
import { beaconRandomness } from '../drand.ts'
import { vrfVerify, type VrfError } from '../vrf.ts'
import { fail, ok, type Result } from '../result.ts'
import { roundAfter, timedInput, type BeaconValue } from './beacon.ts'
import { LABEL } from './labels.ts'
import type { DrawRules, Level } from './rules.ts'
import { sized } from './salts.ts'

const LEVEL_BYTE: Record<Level, number> = { L1: 1, L2: 2, L3: 3 }

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

/** Proofs of both parties over one input, hex of 80 bytes each; the witness's is null at L1, the beacon there at L3. */
export type Proofs = {
  readonly server: string
  readonly witness: string | null
  readonly beacon?: BeaconValue
}

export type EntropyError = {
  code: 'proof_missing' | 'beacon_signature' | VrfError['code']
  party: Party | 'beacon'
}
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

/** SHA-256(label ‖ level ‖ input ‖ server's output ‖ witness's output ‖ beacon's), the second from L2, the third at L3. */
function seedOf(
  label: string,
  rules: DrawRules,
  input: string,
  proofs: Proofs
): Result<Uint8Array, EntropyError> {
  const outputs: Uint8Array[] = []
  const parties = [
    () => partyOutput('server', rules.serverKey, input, proofs.server),
    ...(rules.level === 'L1' ? [] : [() => witnessOutput(rules, input, proofs)]),
    ...(rules.level === 'L3' ? [() => beaconOutput(rules, proofs)] : []),
  ]
  for (const evaluated of parties) {
    const output = evaluated()
    if (!output.ok) return output
    outputs.push(output.value)
  }
  return ok(sha256(utf8(label), Uint8Array.of(LEVEL_BYTE[rules.level]), fromHex(input), ...outputs))
}

/** The witness's verified output: at L3 it is over the time of its answer too. */
export function witnessOutput(
  rules: DrawRules,
  input: string,
  { witness, beacon }: Proofs
): Result<Uint8Array, EntropyError> {
  if (rules.level !== 'L3') return partyOutput('witness', rules.witnessKey, input, witness)
  if (!beacon) return fail({ code: 'proof_missing', party: 'witness' })
  return partyOutput('witness', rules.witnessKey, timedInput(input, beacon.time), witness)
}

/** The 32 bytes of the round that the time of the witness's answer leads to. */
export function beaconOutput(rules: DrawRules, { beacon }: Proofs): Result<Uint8Array, EntropyError> {
  if (!rules.beacon || !beacon) return fail({ code: 'proof_missing', party: 'beacon' })
  const round = roundAfter(rules.beacon, beacon.time)
  const value = beaconRandomness(rules.beacon, round, beacon.signature)
  return value.ok ? ok(fromHex(value.value)) : fail({ code: value.error.code, party: 'beacon' })
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
