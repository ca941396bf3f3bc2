import { api, ApiError, xsrfToken } from '../api/client.ts'
import { errorFromAnswer } from '../api/api_error.ts'
import { uuidv7 } from '../api/uuid.ts'
import { errorText } from '../api/error_text.ts'
import { m } from '#paraglide/messages.js'
import type { ImageKind } from './types.ts'

export const mostImageBytes = 12 * 1_048_576
const timeoutMs = 120_000

/** Sends one picture as it is. @throws ApiError */
export async function sendImage(
  reviewId: string,
  file: File,
  kind: ImageKind,
  caption: string
): Promise<void> {
  if (file.size > mostImageBytes) throw new ApiError({ status: 413, code: 'E_TOO_LARGE' })
  const query = new URLSearchParams({ kind, caption })
  const headers = new Headers({
    'content-type': file.type || 'application/octet-stream',
    'idempotency-key': uuidv7(),
  })
  const token = xsrfToken(document.cookie)
  if (token) headers.set('x-xsrf-token', token)
  let response: Response
  try {
    response = await fetch(`/api/reviews/${reviewId}/filing/images?${query}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers,
      body: file,
      signal: AbortSignal.timeout(timeoutMs),
    })
  } catch {
    // fetch names no cause that could be told; without an answer there is only the network.
    throw new ApiError({ status: 0, code: navigator.onLine ? 'E_NETWORK' : 'E_OFFLINE' })
  }
  if (!response.ok)
    throw errorFromAnswer(
      response.status,
      await response.json().catch(() => null),
      response.headers.get('x-request-id')
    )
}

export const removeImage = (reviewId: string, imageId: string) =>
  api.delete(`/api/reviews/${reviewId}/filing/images/${imageId}`)

const refusals: Record<string, (given: { name: string }) => string> = {
  not_an_image: m.image_not_an_image,
  unreadable: m.image_unreadable,
  too_large: m.image_too_large,
  too_many_pixels: m.image_too_many_pixels,
}

/** Why a picture was not taken, and what helps. */
export function imageErrorText(name: string, error: unknown): string {
  if (!(error instanceof ApiError)) return m.image_failed({ name, what: errorText(error) })
  if (error.code === 'E_TOO_LARGE') return m.image_too_large({ name })
  if (error.code === 'E_SAME_IMAGE') return m.image_same({ name })
  if (error.code === 'E_TOO_MANY_IMAGES') return m.image_too_many({ most: String(error.params.most) })
  const refusal = error.params.refusal as { code: string } | undefined
  return (refusal && refusals[refusal.code]?.({ name })) ?? m.image_failed({ name, what: errorText(error) })
}
