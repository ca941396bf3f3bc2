import type { Actor } from '#core/actor'
import { fail, ok, type Result } from '#lib/result'
import type { RevocationReason } from '#lib/pki/revocation_list'
import { recordResult } from '#ledger/public'

/** The holder revokes their own certificate: a phone was lost, a browser was left open. Twice does nothing more. */
export async function revokeCertificate(
  actor: Actor,
  input: { id: string; reason: RevocationReason }
): Promise<Result<null, { code: 'E_NOT_FOUND' }>> {
  return recordResult(actor, async (unit) => {
    const row = await unit.trx
      .from('certificates')
      .where({ id: input.id, user_id: actor.userId })
      .forUpdate()
      .first()
    if (!row) return fail({ code: 'E_NOT_FOUND' as const })
    if (row.revoked_at) return ok(null)
    await unit.update('certificates', row.id, { revoked_at: unit.at, revocation_reason: input.reason })
    unit.entry({
      stream: 'pki',
      type: 'certificate.revoked',
      payload: { user: actor.userId, certificate: row.sha256, reason: input.reason },
    })
    return ok(null)
  })
}
