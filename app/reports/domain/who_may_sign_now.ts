export type Signer = { readonly id: string; readonly role: 'leader' | 'expert'; readonly signed: boolean }

export type SigningOrderFault =
  { code: 'E_ALREADY_SIGNED' | 'E_NOT_A_SIGNER' } | { code: 'E_LEADER_LAST'; open: number }

/**
 * Rule REP-2 (Order 37, article 13). Every member signs once, in any order; the leader only after all others
 * where the jurisdiction says so. Null: this person may sign now.
 */
export function signingOrderFault(
  signers: readonly Signer[],
  id: string,
  leaderLast: boolean
): SigningOrderFault | null {
  const own = signers.find((signer) => signer.id === id)
  if (!own) return { code: 'E_NOT_A_SIGNER' }
  if (own.signed) return { code: 'E_ALREADY_SIGNED' }
  const open = signers.filter((signer) => !signer.signed && signer.id !== id).length
  return leaderLast && own.role === 'leader' && open > 0 ? { code: 'E_LEADER_LAST', open } : null
}
