import { fromHex, sha256, toHex, u32be, utf8 } from '../bytes.ts'
import { leafHash, merkleRoot } from '../merkle.ts'
import { fail, ok, type Result } from '../result.ts'
import { partyOutput, type EntropyError, type Proofs } from './entropy.ts'
import { LABEL } from './labels.ts'
import { compareIds } from './read.ts'
import { byTicket, ticketOf } from './ticket.ts'

/** The list a supervisor samples from, frozen before the entropy exists. */
export type SpotCheck = {
  /** Names the sampling once for all, folded as identifiers are: '2026-Q3PIT'. */
  readonly occasion: string
  readonly ids: readonly string[]
  readonly count: number
}

export type SpotCheckError = EntropyError | { code: 'list_too_short'; listed: number; need: number }

/** One of the sample. `ticket` is hex of 32 bytes. */
export type Sampled = { readonly id: string; readonly ticket: string }

/** Hex of the Merkle root over the ids, each once, in the order of their bytes. */
export function populationRoot(ids: readonly string[]): string {
  return toHex(merkleRoot(distinct(ids).map((id) => leafHash(utf8(id)))))
}

/** What the parties evaluate: SHA-256(label ‖ SHA-256(occasion) ‖ u32be(count) ‖ root of the list), as hex. */
export function sampleInput(parts: { occasion: string; count: number; root: string }): string {
  const occasion = sha256(utf8(parts.occasion))
  return toHex(sha256(utf8(LABEL.spotCheckInput), occasion, u32be(parts.count), fromHex(parts.root)))
}

export function spotCheckInput({ occasion, ids, count }: SpotCheck): string {
  return sampleInput({ occasion, count, root: populationRoot(ids) })
}

/** Rule SUP-1: the `count` ids of smallest ticket; every set of that size is equally likely. */
export function sampleSpotCheck(
  check: SpotCheck,
  keys: { server: string; witness: string },
  proofs: Proofs
): Result<Sampled[], SpotCheckError> {
  const ids = distinct(check.ids)
  if (ids.length < check.count) {
    return fail({ code: 'list_too_short', listed: ids.length, need: check.count })
  }
  const input = spotCheckInput(check)
  const server = partyOutput('server', keys.server, input, proofs.server)
  if (!server.ok) return server
  const witness = partyOutput('witness', keys.witness, input, proofs.witness)
  if (!witness.ok) return witness
  const seed = sha256(utf8(LABEL.spotCheckSeed), fromHex(input), server.value, witness.value)
  return ok(smallestTickets(seed, ids, check.count))
}

/** The sample of a seed: tickets are independent and uniform, so no set is favoured. */
export function smallestTickets(seed: Uint8Array, ids: readonly string[], count: number): Sampled[] {
  const drawn = ids.map((id) => ({ id, ticket: ticketOf(seed, 0, 0, id) })).sort(byTicket)
  return drawn.slice(0, count).map(({ id, ticket }) => ({ id, ticket: toHex(ticket) }))
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort(compareIds)
}
