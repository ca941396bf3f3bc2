/** Codes that arise in the browser, beside those of the server. */
export type LocalCode = 'E_OFFLINE' | 'E_TIMEOUT' | 'E_NETWORK' | 'E_UNREADABLE'

/** One field of a form that the server did not accept. */
export interface FieldProblem {
  field: string
  code: string
  params: Record<string, unknown>
}

/** An answer other than 2xx, or none at all (status 0). */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly params: Record<string, unknown>
  readonly requestId: string | null
  readonly fields: FieldProblem[]

  constructor(given: {
    status: number
    code: string
    params?: Record<string, unknown>
    requestId?: string | null
    fields?: FieldProblem[]
  }) {
    super(given.code)
    this.name = 'ApiError'
    this.status = given.status
    this.code = given.code
    this.params = given.params ?? {}
    this.requestId = given.requestId ?? null
    this.fields = given.fields ?? []
  }
}

const codeByStatus: Record<number, string> = {
  401: 'E_SIGNED_OUT',
  403: 'E_FORBIDDEN',
  404: 'E_NOT_FOUND',
  409: 'E_CONFLICT',
  413: 'E_TOO_LARGE',
  419: 'E_STALE_PAGE',
  422: 'E_VALIDATION',
  429: 'E_TOO_MANY',
  503: 'E_UNAVAILABLE',
}

interface ErrorBody {
  code?: unknown
  params?: unknown
  requestId?: unknown
  errors?: unknown
  error?: unknown
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function fieldProblem(value: unknown): FieldProblem {
  const given = record(value)
  return {
    field: String(given.field ?? ''),
    code: String(given.code ?? given.rule ?? 'E_VALIDATION'),
    params: record(given.params ?? given.meta),
  }
}

/** Reads an error answer: `{ code, params, requestId, errors? }`, alone or under `error`. */
export function errorFromAnswer(status: number, body: unknown, requestId: string | null): ApiError {
  const outer = record(body) as ErrorBody
  const inner = record(outer.error) as ErrorBody
  const found = typeof inner.code === 'string' ? inner : outer
  const list = found.errors ?? outer.errors
  return new ApiError({
    status,
    code: typeof found.code === 'string' ? found.code : (codeByStatus[status] ?? 'E_SERVER'),
    params: record(found.params),
    requestId: typeof found.requestId === 'string' ? found.requestId : requestId,
    fields: Array.isArray(list) ? list.map(fieldProblem) : [],
  })
}
