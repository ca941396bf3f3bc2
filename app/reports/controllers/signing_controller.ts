import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { fromBase64 } from '#lib/bytes'
import type { Bytes } from '#lib/pki/bytes'
import { completeFor } from '#reports/actions/complete_signature'
import { dropLease } from '#reports/actions/head_lease'
import { prepareFor } from '#reports/actions/prepare_signature'
import { refuseToSign } from '#reports/actions/refuse_to_sign'
import { reportFor } from '#reports/policies/visible_reports'
import { editionOf } from '#reports/queries/load_report'
import {
  completeValidator,
  dropValidator,
  prepareValidator,
  refusalValidator,
} from '#reports/validators/reports'

/** A member's signature: prepared here, made in their browser, completed here; or refused. */
export default class SigningController {
  async prepare({ actor, params, request, response }: HttpContext) {
    const report = await reportFor(actor, params.id)
    const { certificateSha256, handwriting } = await request.validateUsing(prepareValidator)
    const strokes = handwriting && { ...handwriting, strokes: handwriting.strokes as [number, number][][] }
    const prepared = orRefuse(
      await prepareFor(actor, report, { certificateSha256, handwriting: strokes }),
      409
    )
    return response.status(prepared.waiting ? 202 : 200).send(prepared)
  }

  async complete({ actor, params, request }: HttpContext) {
    const report = await reportFor(actor, params.id)
    const { leaseToken, signature } = await request.validateUsing(completeValidator)
    return orRefuse(
      await completeFor(actor, report, { leaseToken, signature: fromBase64(signature) as Bytes }),
      409
    )
  }

  /** The signer's browser found something wrong, or its person went back: the next one need not wait. */
  async drop({ actor, params, request, response }: HttpContext) {
    const report = await reportFor(actor, params.id)
    const { leaseToken } = await request.validateUsing(dropValidator)
    const edition = await editionOf(report)
    if (edition) await dropLease(edition.id, { token: leaseToken, userId: actor.userId })
    return response.status(204).send('')
  }

  async refuse({ actor, params, request }: HttpContext) {
    const report = await reportFor(actor, params.id)
    return orRefuse(await refuseToSign(actor, report.id, await request.validateUsing(refusalValidator)), 409)
  }
}
