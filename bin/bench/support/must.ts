/** The value of a step that a benchmark can't do without. @throws naming the step and the typed failure. */
export function must<T>(
  step: string,
  result: { ok: true; value: T } | { ok: false; error: { code: string } }
): T {
  if (result.ok) return result.value
  throw new Error(`${step}: ${JSON.stringify(result.error)}`)
}
