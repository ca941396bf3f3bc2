import { ApiError, errorFromAnswer } from '../api/api_error.ts'
import { xsrfToken } from '../api/client.ts'
import { uuidv7 } from '../api/uuid.ts'

/** Signs in to the meeting, with the photo if there is one; signed in before is signed in. Throws ApiError. */
export async function sendSignIn(reviewId: string, photo: Blob | null): Promise<void> {
  const headers: Record<string, string> = { accept: 'application/json', 'idempotency-key': uuidv7() }
  if (photo) headers['content-type'] = photo.type
  const token = xsrfToken(document.cookie)
  if (token) headers['x-xsrf-token'] = token
  let response: Response
  try {
    response = await fetch(`/api/sessions/${reviewId}/sign-in`, { method: 'POST', body: photo, headers })
  } catch {
    throw new ApiError({ status: 0, code: navigator.onLine ? 'E_NETWORK' : 'E_OFFLINE' })
  }
  if (response.ok) return
  const text = await response.text()
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    // A proxy's page: the status says more.
    answer = undefined
  }
  const error = errorFromAnswer(response.status, answer, response.headers.get('x-request-id'))
  if (error.code !== 'E_SIGNED_IN') throw error
}
