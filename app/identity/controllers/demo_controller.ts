import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import { generateSync } from 'otplib'
import { businessNow, setBusinessClock } from '#core/clock/business_clock'
import { todoFor } from '#core/home/todo_sources'
import { orRefuse } from '#core/exceptions/refusal'
import { unseal } from '#core/secrets'
import { actorFor, capacitiesOf } from '#identity/queries/capacities'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'

const clockValidator = vine.create({ at: vine.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/) })

/** Only on demo installations: the routes do not exist elsewhere. */
export default class DemoController {
  async people() {
    const rows = await db
      .from('demo_people')
      .join('users', 'users.id', 'demo_people.user_id')
      .orderBy('demo_people.position')
      .select('users.*')
    return { password: DEMO_PASSWORD, people: await Promise.all(rows.map((row) => this.#person(row))) }
  }

  async #person(row: any) {
    const capacities = await capacitiesOf(row.id)
    const actor = capacities[0] ? await actorFor(row.id, capacities[0].id) : null
    const todo = actor ? await todoFor(actor, businessNow()) : []
    return {
      name: row.name,
      mobile: unseal(row.mobile_encrypted),
      password: DEMO_PASSWORD,
      capacities,
      totp: row.totp_secret_encrypted ? generateSync({ secret: unseal(row.totp_secret_encrypted) }) : null,
      todo: todo.slice(0, 1),
      todoCount: todo.length,
    }
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
