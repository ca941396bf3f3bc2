import vine from '@vinejs/vine'
import { Refusal } from '#core/exceptions/refusal'
import { plain } from '#core/middleware/plain_text_middleware'
import type { Operation } from '#lib/room/operations'
import type { Cursors } from '#lib/room/protocol'
import { isOperationType, OPERATION_PAYLOADS } from '#sessions/validators/operation_payloads'

const number = () => vine.number().withoutDecimals().min(0).optional()
const cursors = vine.object({ room: number(), panel: number(), own: number() }).optional()
const joinValidator = vine.create({
  reviewId: vine.string().uuid(),
  enter: vine.boolean({ strict: true }),
  cursors,
})
const resumeValidator = vine.create({ reviewId: vine.string().uuid(), cursors })
const operationValidator = vine.create({
  opId: vine.string().uuid(),
  reviewId: vine.string().uuid(),
  type: vine.string().maxLength(60),
})

export async function readJoin(
  message: unknown
): Promise<{ reviewId: string; enter: boolean; cursors: Cursors }> {
  const { reviewId, enter, cursors = {} } = await joinValidator.validate(message ?? {})
  return { reviewId, enter, cursors }
}

export async function readResume(message: unknown): Promise<{ reviewId: string; cursors: Cursors }> {
  const { reviewId, cursors = {} } = await resumeValidator.validate(message ?? {})
  return { reviewId, cursors }
}

/** An operation as the types say, its text in NFC. @throws what validation throws, or a refusal by type. */
export async function readOperation(message: unknown): Promise<Operation> {
  const { opId, reviewId, type } = await operationValidator.validate(message ?? {})
  if (!isOperationType(type)) throw new Refusal(422, 'E_OPERATION_TYPE')
  const payload = await OPERATION_PAYLOADS[type].validate(
    plain((message as { payload?: unknown }).payload ?? {})
  )
  return { opId: opId.toLowerCase(), reviewId: reviewId.toLowerCase(), type, payload }
}
