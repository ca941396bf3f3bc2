import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import { businessNow, setBusinessClock } from '#core/clock/business_clock'
import { notFound, orRefuse } from '#core/exceptions/refusal'
import { blindIndex, unseal } from '#core/secrets'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'
import { openPages } from '#demo/queries/open_pages'
import { codeOf, demoSignIns } from '#demo/queries/demo_sign_ins'

const codeValidator = vine.create({ params: vine.object({ mobile: vine.string().regex(/^1\d{10}$/) }) })
const clockValidator = vine.create({ at: vine.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/) })

/** Only on demo installations: the routes do not exist elsewhere. */
export default class DemoController {
  async people() {
    return { password: DEMO_PASSWORD, ...(await demoSignIns()), open: await openPages() }
  }

  /** The present code of a member of staff: that on an open page is older than it is good for. */
  async code({ request }: HttpContext) {
    const { params } = await request.validateUsing(codeValidator)
    const row = await db
      .from('demo_people')
      .join('users', 'users.id', 'demo_people.user_id')
      .where('users.mobile_index', blindIndex('mobile', params.mobile))
      .select('users.totp_secret_encrypted')
      .first()
    if (!row) throw notFound()
    return { code: codeOf(row) }
  }

  async outbox() {
    const rows = await db
      .from('outbox')
      .join('users', 'users.id', 'outbox.user_id')
      .orderBy('outbox.created_at', 'desc')
      .orderBy('outbox.id', 'desc')
      .limit(200)
      .select('outbox.*', 'users.name as user_name')
    return {
      messages: rows.map((row) => ({
        id: row.id,
        at: row.created_at.toISOString(),
        channel: row.channel,
        to: unseal(row.recipient_encrypted),
        name: row.user_name,
        text: unseal(row.text_encrypted),
      })),
    }
  }

  async clock({ request }: HttpContext) {
    const { at } = await request.validateUsing(clockValidator)
    orRefuse(await setBusinessClock(new Date(at)))
    return { now: businessNow().toISOString() }
  }
}
