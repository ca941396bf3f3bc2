import { newId } from '#core/ids'
import { maskMobile, seal, unseal } from '#core/secrets'
import type { UnitOfWork } from '#ledger/public'
import { smsText, type SmsKind } from '#messages/domain/sms_texts'

/** Puts an SMS into the outbox inside the caller's transaction; the delivery job takes it from there. */
export async function sendSms(
  unit: UnitOfWork,
  input: { userId: string; kind: SmsKind; params: Record<string, string> }
): Promise<void> {
  const user = await unit.trx.from('users').where('id', input.userId).firstOrFail()
  const mobile = unseal(user.mobile_encrypted)
  await unit.trx.table('outbox').insert({
    id: newId(),
    user_id: input.userId,
    channel: 'sms',
    recipient_encrypted: seal(mobile),
    recipient_masked: maskMobile(mobile),
    text_encrypted: seal(smsText(input.kind, input.params)),
    created_at: unit.at,
  })
}
