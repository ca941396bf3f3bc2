import { fail, ok } from '../../../../lib/result.ts'
import { api, ApiError } from '../api/client.ts'
import { NoAnswer, type Completed, type PrepareAnswer, type SigningServer } from './sign_report.ts'

/** The application's server as the signing loop speaks to it. */
export function pageServer(reportId: string): SigningServer {
  const path = `/api/reports/${reportId}/sign`
  return {
    prepare: (given) =>
      answer(() => api.post<PrepareAnswer>(`${path}/prepare`, given, { timeoutMs: 30_000 })),
    complete: (given) => answer(() => api.post<Completed>(`${path}/complete`, given, { timeoutMs: 30_000 })),
    drop: async (leaseToken) => {
      await answer(() => api.post(`${path}/drop`, { leaseToken })).catch((error: unknown) => {
        // The turn ends by itself; what went wrong before is what the person is told.
        if (!(error instanceof NoAnswer)) throw error
      })
    },
  }
}

async function answer<T>(ask: () => Promise<T>) {
  try {
    return ok(await ask())
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 0 || error.status >= 500) throw new NoAnswer()
    return fail({ ...error.params, code: error.code, status: error.status, requestId: error.requestId })
  }
}
