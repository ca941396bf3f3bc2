import type { IncomingMessage, ServerResponse } from 'node:http'
import { MessageBuilder } from '@adonisjs/core/helpers'
import config from '@adonisjs/core/services/config'
import server from '@adonisjs/core/services/server'
import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { actorFor } from '#identity/public'

/** Id of the web session whose signed cookie came with a handshake; null without a valid one. */
export function webSessionId(request: IncomingMessage): string | null {
  const http = server.createRequest(request, {} as ServerResponse)
  return http.cookie(config.get<string>('session.cookieName')) ?? null
}

/** Who a web session stands for at this moment: nobody once it was signed out, expired or its capacity ended. */
export async function actorOfWebSession(id: string): Promise<Actor | null> {
  const row = await db.from('http_sessions').where('id', id).where('expires_at', '>', new Date()).select('data').first()
  if (!row) return null
  const values = new MessageBuilder().verify<Record<string, unknown>>(row.data, id)
  const userId = values?.auth_web
  const capacityId = values?.capacity_id
  if (typeof userId !== 'string' || typeof capacityId !== 'string') return null
  return actorFor(userId, capacityId)
}
