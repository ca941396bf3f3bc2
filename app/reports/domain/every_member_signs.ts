export type SignatureOn = { member: string; form: 'electronic' | 'hand'; document_hash: string }

export type SigningFault =
  | { code: 'signature_missing'; member: string }
  | { code: 'signed_other_text'; member: string }
  | { code: 'hand_signature_not_allowed'; member: string }
  | { code: 'not_a_member'; member: string }

/**
 * Rule REP-2 (Order 37, article 13) and MEET-1. Those who concluded sign, all of them and nobody else, the
 * same text; as soon as one took part remotely, all sign electronically. An empty list: complete.
 */
export function signingFaults(
  members: readonly string[],
  signatures: readonly SignatureOn[],
  meeting: { document_hash: string; any_remote: boolean }
): SigningFault[] {
  const missing = members
    .filter((member) => !signatures.some((one) => one.member === member))
    .map((member): SigningFault => ({ code: 'signature_missing', member }))
  const wrong = signatures.flatMap(({ member, form, document_hash }): SigningFault[] => {
    if (!members.includes(member)) return [{ code: 'not_a_member', member }]
    if (document_hash !== meeting.document_hash) return [{ code: 'signed_other_text', member }]
    return form === 'hand' && meeting.any_remote ? [{ code: 'hand_signature_not_allowed', member }] : []
  })
  return [...missing, ...wrong]
}
