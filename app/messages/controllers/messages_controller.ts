import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { businessNow } from '#core/clock/business_clock'
import { messagesOf, unreadCount } from '#messages/queries/messages_of'

export default class MessagesController {
  async index({ actor }: HttpContext) {
    return { messages: await messagesOf(actor.userId, 200), unread: await unreadCount(actor.userId) }
  }

  async read({ actor }: HttpContext) {
    await db
      .from('messages')
      .where('user_id', actor.userId)
      .whereNull('read_at')
      .update({ read_at: businessNow() })
    return { unread: 0 }
  }
}
