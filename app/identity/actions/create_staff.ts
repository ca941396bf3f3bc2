import { generateSecret, generateURI } from 'otplib'
import { SYSTEM_ACTOR, type CapacityKind } from '#core/actor'
import { blindIndex } from '#core/secrets'
import { fail, ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { createOrganisation } from '#identity/actions/create_organisation'
import { createUser } from '#identity/actions/create_user'
import { grantCapacity } from '#identity/actions/grant_capacity'

/** Staff come from the command line, not from a page: nobody can promote themselves (ORG-4). */
export async function createStaff(input: {
  name: string
  mobile: string
  kind: CapacityKind
  organisation: string
}): Promise<Result<{ totpUri: string }, { code: 'E_MOBILE_TAKEN' }>> {
  const totpSecret = generateSecret()
  return recordResult(SYSTEM_ACTOR, async (unit) => {
    const taken = await unit.trx
      .from('users')
      .where('mobile_index', blindIndex('mobile', input.mobile))
      .first()
    if (taken) return fail({ code: 'E_MOBILE_TAKEN' as const })
    const kind = input.kind === 'authority' || input.kind === 'auditor' ? 'authority' : 'centre'
    const organisationId = await createOrganisation(unit, { name: input.organisation, kind })
    const userId = await createUser(unit, { name: input.name, mobile: input.mobile, totpSecret })
    await grantCapacity(unit, { userId, kind: input.kind, organisationId })
    return ok({ totpUri: generateURI({ issuer: '论证', label: input.mobile, secret: totpSecret }) })
  })
}
