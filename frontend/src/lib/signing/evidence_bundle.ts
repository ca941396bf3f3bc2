import { ApiError, errorFromAnswer } from '../api/api_error.ts'
import { xsrfToken } from '../api/client.ts'

/** Has the bundle made and saves it. Each making is told to the log, so there is no address to fetch it from. */
export async function saveEvidenceBundle(reviewId: string, name: string): Promise<void> {
  const headers: Record<string, string> = { accept: 'application/zip, application/json' }
  const token = xsrfToken(document.cookie)
  if (token) headers['x-xsrf-token'] = token
  let response: Response
  try {
    response = await fetch(`/api/reviews/${reviewId}/evidence-bundle`, { method: 'POST', headers })
  } catch {
    throw new ApiError({ status: 0, code: navigator.onLine ? 'E_NETWORK' : 'E_OFFLINE' })
  }
  if (!response.ok) {
    // A proxy's page is no JSON; the status says more.
    const answer: unknown = await response.json().catch(() => null)
    throw errorFromAnswer(response.status, answer, response.headers.get('x-request-id'))
  }
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
