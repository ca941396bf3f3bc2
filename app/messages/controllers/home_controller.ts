import type { HttpContext } from '@adonisjs/core/http'
import { businessNow } from '#core/clock/business_clock'
import { todoFor } from '#core/home/todo_sources'
import { messagesOf, unreadCount } from '#messages/queries/messages_of'

/** The first page: the one thing to do, then the next, then what happened lately. */
export default class HomeController {
  async show({ actor }: HttpContext) {
    const now = businessNow()
    return {
      now: now.toISOString(),
      todo: await todoFor(actor, now),
      recent: await messagesOf(actor.userId, 8),
      unread: await unreadCount(actor.userId),
    }
  }
}
