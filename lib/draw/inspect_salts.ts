import type { DrawEvidence } from './evidence.ts'
import { drawSaltKey, identitySalt, leafSalt, saltKeyCommitment } from './salts.ts'

export type SaltFinding = { code: 'salt_key' } | { code: 'leaf_salt' | 'identity_salt'; id: string }

/**
 * An inspector's check, who is shown the salt key: it is the one committed to, and every salt comes from it,
 * so that none was chosen. The first that does not, or null.
 */
export function inspectSalts(
  evidence: Pick<DrawEvidence, 'rules' | 'planKey' | 'plan' | 'pool' | 'openings'>,
  saltKey: Uint8Array
): SaltFinding | null {
  if (saltKeyCommitment(saltKey) !== evidence.rules.saltKeyCommitment) return { code: 'salt_key' }
  const key = drawSaltKey(saltKey, evidence.planKey, evidence.plan.round)
  const leaf = evidence.pool.find(({ id, salt }) => leafSalt(key, id) !== salt)
  if (leaf) return { code: 'leaf_salt', id: leaf.id }
  const opening = evidence.openings.find(({ id, salt }) => identitySalt(key, id) !== salt)
  return opening ? { code: 'identity_salt', id: opening.id } : null
}
