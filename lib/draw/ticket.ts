import { hmacSha256, u32be, utf8 } from '../bytes.ts'
import { LABEL } from './labels.ts'
import { compareBytes, compareIds } from './read.ts'
import { sized } from './salts.ts'

/**
 * An expert's random number, which they can compute for themselves. `replacement` is 0 in the draw and the
 * replacement's number, from 1, afterwards. 32 bytes.
 */
export function ticketOf(seed: Uint8Array, round: number, replacement: number, id: string): Uint8Array {
  return hmacSha256(seed, utf8(LABEL.ticket), u32be(round), u32be(replacement), sized(id))
}

/**
 * Who of a cell is drawn. Not by the ticket that orders the seats: the smallest of many tickets is smaller than the
 * smallest of few, and experts of large cells would sit in front.
 */
export function cellTicket(seed: Uint8Array, round: number, id: string): Uint8Array {
  return hmacSha256(seed, utf8(LABEL.cellTicket), u32be(round), u32be(0), sized(id))
}

/** An employer's place on the ruler, or in the order of the rounding. */
export function employerTicket(seed: Uint8Array, round: number, employer: number): Uint8Array {
  return hmacSha256(seed, utf8(LABEL.employerTicket), u32be(round), u32be(0), u32be(employer))
}

/** A specialty's place in the order in which a draw with quotas rounds. */
export function specialtyTicket(seed: Uint8Array, round: number, specialty: string): Uint8Array {
  return hmacSha256(seed, utf8(LABEL.specialtyTicket), u32be(round), u32be(0), sized(specialty))
}

/** Ascending; equal tickets, which SHA-256 makes unheard of, fall back on the id. */
export function byTicket(
  a: { ticket: Uint8Array; id: string },
  b: { ticket: Uint8Array; id: string }
): number {
  return compareBytes(a.ticket, b.ticket) || compareIds(a.id, b.id)
}
