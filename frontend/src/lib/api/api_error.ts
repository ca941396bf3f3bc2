/** Codes that arise in the browser, beside those of the server. */
export type LocalCode = 'E_OFFLINE' | 'E_TIMEOUT' | 'E_NETWORK' | 'E_UNREADABLE'

/** One field of a form that the server did not accept. */
export interface FieldProblem {
  field: string
  /** Name of the rule that failed, e.g. `minLength`. */
  rule: string
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
  401: 'E_SIGN_IN',
  403: 'E_FORBIDDEN',
  404: 'E_NOT_FOUND',
  409: 'E_CONFLICT',
  413: 'E_TOO_LARGE',
  419: 'E_STALE_PAGE',
  422: 'E_VALIDATION',
  429: 'E_TOO_MANY',
  503: 'E_UNAVAILABLE',
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function fieldProblem(value: unknown): FieldProblem {
  const given = record(value)
  return { field: String(given.field ?? ''), rule: String(given.rule ?? ''), params: record(given.meta) }
}

/** Reads an error answer: `{ error: { code, params } }`; `params.fields` for a form, `params.requestId` for a fault. */
export function errorFromAnswer(status: number, body: unknown, requestId: string | null): ApiError {
  const found = record(record(body).error)
  const params = record(found.params)
  return new ApiError({
    status,
    code: typeof found.code === 'string' ? found.code : (codeByStatus[status] ?? 'E_UNEXPECTED'),
    params,
    requestId: typeof params.requestId === 'string' ? params.requestId : requestId,
    fields: Array.isArray(params.fields) ? params.fields.map(fieldProblem) : [],
  })
}
