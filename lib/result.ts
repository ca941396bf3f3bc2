/** An outcome that callers must look at: expected failures are values, only the unexpected throws. */
export type Result<T, E extends { code: string }> = { ok: true; value: T } | { ok: false; error: E }

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

export function fail<E extends { code: string }>(error: E): { ok: false; error: E } {
  return { ok: false, error }
}
