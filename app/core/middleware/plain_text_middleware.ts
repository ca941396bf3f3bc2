import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Refusal } from '#core/exceptions/refusal'

/**
 * Text is stored and hashed in NFC only, so it is brought to NFC at the door. NUL and lone surrogates,
 * which neither PostgreSQL nor canonical JSON can hold, are refused; so are bidirectional overrides, which
 * make a name read otherwise than it is written.
 */
const REFUSED = /[\p{Bidi_Control}]/u

export default class PlainTextMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    const body = request.body()
    if (body && Object.keys(body).length > 0) request.updateBody(plain(body) as Record<string, unknown>)
    return next()
  }
}

/** Text of any depth, brought to NFC. @throws Refusal E_TEXT for what must not be stored. */
export function plain(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [plainText(key), plain(entry)]))
}

function plainText(text: string): string {
  if (REFUSED.test(text) || text.includes('\0') || !text.isWellFormed()) throw new Refusal(422, 'E_TEXT')
  return text.normalize('NFC')
}
