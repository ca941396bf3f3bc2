/**
 * Salts of the pool: all from one key that the ledger held a commitment to before the plan existed, so that
 * the operator cannot choose them, and nobody without the key can guess a name behind a commitment.
 */
import { concat, fromHex, hmacSha256, sha256, toHex, u16be, u32be, utf8 } from '../bytes.ts'
import { hashJson, LABEL } from './labels.ts'

/** What the ledger records of a 32-byte salt key. */
export function saltKeyCommitment(saltKey: Uint8Array): string {
  return toHex(sha256(utf8(LABEL.saltKey), Uint8Array.of(0), saltKey))
}

/** The key of one draw, so that showing an inspector one draw's salts opens no other. */
export function drawSaltKey(saltKey: Uint8Array, planKey: string, round: number): Uint8Array {
  return hmacSha256(saltKey, utf8(LABEL.drawSaltKey), fromHex(planKey), u32be(round))
}

export function leafSalt(drawKey: Uint8Array, id: string): string {
  return toHex(hmacSha256(drawKey, utf8(LABEL.leafSalt), sized(id)))
}

export function identitySalt(drawKey: Uint8Array, id: string): string {
  return toHex(hmacSha256(drawKey, utf8(LABEL.identitySalt), sized(id)))
}

/** Sorting employers by this gives them numbers that tell nothing and differ from draw to draw. */
export function employerSortKey(drawKey: Uint8Array, employer: string): Uint8Array {
  return hmacSha256(drawKey, utf8(LABEL.employerNumber), sized(employer))
}

/** A name and an employer, opened once the meeting has ended. */
export type IdentityOpening = {
  readonly id: string
  readonly name: string
  readonly employer: string
  readonly salt: string
}

export function identityCommitment(opening: IdentityOpening): string {
  return toHex(hashJson(LABEL.identity, { ...opening }))
}

/** u16be(length) ‖ UTF-8, so that two texts never run into one another. */
export function sized(text: string): Uint8Array {
  const bytes = utf8(text)
  return concat(u16be(bytes.length), bytes)
}
