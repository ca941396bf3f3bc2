import type { IncomingMessage, ServerResponse } from 'node:http'
import { configProvider } from '@adonisjs/core'
import { MessageBuilder } from '@adonisjs/core/helpers'
import app from '@adonisjs/core/services/app'
import server from '@adonisjs/core/services/server'
import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { actorFor } from '#identity/public'

/** Where the session guard named `web` keeps the account. */
const ACCOUNT_KEY = 'auth_web'

/** Id of the web session whose signed cookie came with a handshake; null without a valid one. */
export async function webSessionId(request: IncomingMessage): Promise<string | null> {
  const settings = await configProvider.resolve<{ cookieName: string }>(app, app.config.get('session'))
  const http = server.createRequest(request, {} as ServerResponse)
  return (settings && http.cookie(settings.cookieName)) ?? null
}

/** Who a web session stands for at this moment: nobody once it was signed out, expired or its capacity ended. */
export async function actorOfWebSession(id: string): Promise<Actor | null> {
  const row = await db
    .from('http_sessions')
    .where('id', id)
    .where('expires_at', '>', new Date())
    .select('data')
    .first()
  if (!row) return null
  const values = new MessageBuilder().verify<Record<string, unknown>>(row.data, id)
  const userId = values?.[ACCOUNT_KEY]
  const capacityId = values?.capacity_id
  if (typeof userId !== 'string' || typeof capacityId !== 'string') return null
  return actorFor(userId, capacityId)
}
