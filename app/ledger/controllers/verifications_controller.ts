import type { HttpContext } from '@adonisjs/core/http'
import { keepVerification } from '#ledger/actions/keep_verification'
import { ledgerHead } from '#ledger/queries/ledger_head'
import { nextVerification, verifications } from '#ledger/queries/verifications'

/** Comparisons of the log with the tables: read by those who watch over it, run by audit (ORG-4). */
export default class VerificationsController {
  /** `dueAt` null: it is due now. */
  async index({ actor }: HttpContext) {
    const { dueAt, done } = await nextVerification()
    return {
      head: await ledgerHead(),
      dueAt: done ? dueAt.toISOString() : null,
      verifications: await verifications(),
      mayVerify: actor.kind === 'auditor',
    }
  }

  async store({ actor, response }: HttpContext) {
    const { size, root, findings } = await keepVerification(actor)
    return response.status(201).send({ size, root, findings: findings.length })
  }
}
