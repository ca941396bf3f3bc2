import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { fail } from '#lib/result'
import { settle, type Decision, type DecisionError } from '#plans/actions/decide_approval'
import { inPlan } from '#plans/actions/in_open_plan'
import { partiesOf, versionsOf } from '#plans/queries/load_plan'

export interface ScannedApproval extends Omit<Decision, 'decision' | 'reasons'> {
  readonly uploadId: string
  readonly signerName: string
  readonly hasSignature: boolean
  readonly hasSeal: boolean
}

export type ScanError =
  DecisionError | { code: 'E_SCAN_INCOMPLETE'; what: 'file' | 'signature' | 'seal' | 'organisation' }

const ROLE = {
  contractor: 'general_contractor',
  subcontractor: 'subcontractor',
  supervision: 'supervision',
} as const

/** PLAN-3: an approval given on paper, brought by the organiser as scanned pages with seal and number. */
export async function recordScannedApproval(actor: Actor, planId: string, input: ScannedApproval) {
  return inPlan<{ versionState: string; reviewState: string }, ScanError>(
    actor,
    planId,
    async ({ unit, plan, review }) => {
      if (!input.hasSignature) return fail({ code: 'E_SCAN_INCOMPLETE', what: 'signature' })
      if (!input.hasSeal) return fail({ code: 'E_SCAN_INCOMPLETE', what: 'seal' })
      const scan = await db
        .from('plan_uploads')
        .where({
          id: input.uploadId,
          plan_id: planId,
          user_id: actor.userId,
          state: 'accepted',
          purpose: 'attachment',
        })
        .first()
      if (!scan) return fail({ code: 'E_SCAN_INCOMPLETE', what: 'file' })
      const parties = await partiesOf(planId, unit.trx)
      const party = parties.find((one) => one.role === ROLE[input.kind] && one.organisation_id)
      if (!party) return fail({ code: 'E_SCAN_INCOMPLETE', what: 'organisation' })
      const [version] = await versionsOf(planId, unit.trx)
      if (!version || version.number !== input.version)
        return fail({ code: 'E_OTHER_VERSION', number: version?.number ?? 0 })
      const signer = {
        name: input.signerName,
        organisationId: party.organisation_id!,
        scanSha256: scan.result.sha256 as string,
      }
      return settle(
        unit,
        { plan, parties, review, version },
        { ...input, decision: 'approve', reasons: [] },
        signer
      )
    }
  )
}
