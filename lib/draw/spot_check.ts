import { fromHex, sha256, toHex, u32be, utf8 } from '../bytes.ts'
import { leafHash, merkleRoot } from '../merkle.ts'
import { fail, ok, type Result } from '../result.ts'
import { partyOutput, type EntropyError, type Proofs } from './entropy.ts'
import { LABEL } from './labels.ts'
import { compareIds } from './read.ts'
import { byTicket, ticketOf } from './ticket.ts'

/** The list a supervisor samples from, frozen before the entropy exists. */
export type SpotCheck = {
  /** Names the sampling once for all, such as '2026-Q3 PIT'. */
  readonly occasion: string
  readonly ids: readonly string[]
  readonly count: number
}

export type SpotCheckError = EntropyError | { code: 'list_too_short'; listed: number; need: number }

/** What the parties evaluate: SHA-256(label ‖ SHA-256(occasion) ‖ u32be(count) ‖ root of the list), as hex. */
export function spotCheckInput({ occasion, ids, count }: SpotCheck): string {
  const root = merkleRoot(distinct(ids).map((id) => leafHash(utf8(id))))
  return toHex(sha256(utf8(LABEL.spotCheckInput), sha256(utf8(occasion)), u32be(count), root))
}

/** Rule SUP-1: the `count` ids of smallest ticket; every set of that size is equally likely. */
export function sampleSpotCheck(
  check: SpotCheck,
  keys: { server: string; witness: string },
  proofs: Proofs
): Result<{ id: string; ticket: string }[], SpotCheckError> {
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
  const drawn = ids.map((id) => ({ id, ticket: ticketOf(seed, 0, 0, id) })).sort(byTicket)
  return ok(drawn.slice(0, check.count).map(({ id, ticket }) => ({ id, ticket: toHex(ticket) })))
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort(compareIds)
}
