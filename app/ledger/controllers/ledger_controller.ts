import type { HttpContext } from '@adonisjs/core/http'
import { Refusal } from '#core/exceptions/refusal'
import { ledgerHead, proveConsistency, proveInclusion } from '#ledger/queries/ledger_head'
import { logStanding } from '#ledger/queries/log_standing'
import { consistencyValidator, inclusionValidator } from '#ledger/validators/proof'

/** The log as anyone may see it: hashes and proofs, no content. */
export default class LedgerController {
  async head() {
    return ledgerHead()
  }

  async standing() {
    return logStanding()
  }

  async inclusion({ request }: HttpContext) {
    const { index, size } = await inclusionValidator.validate(request.qs())
    const head = await ledgerHead()
    if (size > head.size || index >= size) throw new Refusal(422, 'E_OUTSIDE_LOG', { size: head.size })
    return { index, size, path: await proveInclusion(index, size) }
  }

  async consistency({ request }: HttpContext) {
    const { first, second } = await consistencyValidator.validate(request.qs())
    const head = await ledgerHead()
    if (second > head.size || first > second) throw new Refusal(422, 'E_OUTSIDE_LOG', { size: head.size })
    return { first, second, path: await proveConsistency(first, second) }
  }
}
