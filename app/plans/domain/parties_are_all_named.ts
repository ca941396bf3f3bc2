import type { Regulation } from '#core/regulation/types'

export type NamedParty = { kind: string; organisation_id: string | null; not_yet_appointed: boolean }

export type PartyFault =
  | { code: 'party_not_named'; kind: string }
  | { code: 'party_must_be_appointed'; kind: string }
  | { code: 'party_both_named_and_pending'; kind: string }
  | { code: 'party_unknown'; kind: string }

/**
 * Rule PLAN-5 (NN 2(3)). Every kind of party is named, so that conflicts can be checked. Those that the
 * regulation file lets be pending may be "not yet appointed"; `pending` says which, and conflicts are
 * checked again when they are. A kind may be named several times (two subcontractors).
 */
export function partyFaults(
  parties: readonly NamedParty[],
  regulation: Regulation
): { faults: PartyFault[]; pending: string[] } {
  const known = new Set(regulation.parties.map((party) => party.code))
  const faults: PartyFault[] = parties
    .filter((party) => !known.has(party.kind))
    .map((party) => ({ code: 'party_unknown', kind: party.kind }))
  const pending: string[] = []
  for (const { code: kind, may_be_pending: mayBePending } of regulation.parties) {
    const given = parties.filter((party) => party.kind === kind)
    const named = given.some((party) => party.organisation_id !== null)
    const waits = given.some((party) => party.not_yet_appointed)
    if (named && waits) faults.push({ code: 'party_both_named_and_pending', kind })
    if (named) continue
    if (!waits) faults.push({ code: 'party_not_named', kind })
    else if (mayBePending) pending.push(kind)
    else faults.push({ code: 'party_must_be_appointed', kind })
  }
  return { faults, pending }
}
