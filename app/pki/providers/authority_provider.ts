import type { ApplicationService } from '@adonisjs/core/types'

/** The first start makes the demonstration authority's keys; several processes starting at once make one set. */
export default class AuthorityProvider {
  constructor(protected app: ApplicationService) {}

  async start() {
    if (this.app.getEnvironment() !== 'web') return
    const { holdCeremony } = await import('#pki/authority_files')
    const { default: db } = await import('@adonisjs/lucid/services/db')
    await db.transaction(async (trx) => {
      await trx.rawQuery("SELECT pg_advisory_xact_lock(hashtext('lunzheng/ca-ceremony'))")
      await holdCeremony()
    })
  }
}
