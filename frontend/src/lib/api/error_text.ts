import { m } from '#paraglide/messages.js'
import { ApiError } from './api_error.ts'

type Text = (params: Record<string, unknown>) => string
const text = (params: Record<string, unknown>, key: string) => String(params[key] ?? '')

/** Sentences for codes that any page can meet; modules add theirs with `registerErrorTexts`. */
const texts: Record<string, Text> = {
  E_OFFLINE: () => m.error_offline(),
  E_TIMEOUT: () => m.error_timeout(),
  E_NETWORK: () => m.error_network(),
  E_UNREADABLE: () => m.error_unreadable(),
  E_SIGN_IN: () => m.error_sign_in_expired(),
  E_NOT_YOURS: () => m.error_not_yours(),
  E_FORBIDDEN: () => m.error_forbidden(),
  E_NOT_FOUND: () => m.error_not_found(),
  E_CONFLICT: () => m.error_conflict(),
  E_TOO_LARGE: () => m.error_too_large(),
  E_STALE_PAGE: () => m.error_stale_page(),
  E_VALIDATION: () => m.error_validation(),
  E_TOO_MANY: () => m.error_too_many(),
  E_UNAVAILABLE: () => m.error_unavailable(),
  E_LEDGER_BEHIND: () => m.error_ledger_behind(),
  E_LOCKED: (params) => m.error_locked({ minutes: text(params, 'minutes') }),
  E_CREDENTIALS: () => m.error_credentials(),
  E_TOTP: () => m.error_totp(),
  E_SMS_CODE: () => m.error_sms_code(),
  E_NO_CAPACITY: () => m.error_no_capacity(),
  E_IN_WORK: () => m.error_in_work(),
  E_FIRST_ATTEMPT_FAILED: () => m.error_first_attempt(),
  E_TEXT: () => m.error_text(),
}

/** Adds a module's codes, once, when its first page loads. */
export function registerErrorTexts(more: Record<string, Text>): void {
  Object.assign(texts, more)
}

/** The number a person reads to the support line, or null when nothing reached the server. */
export function errorNumber(error: unknown): string | null {
  return error instanceof ApiError ? error.requestId : null
}

/** What happened, why and what next; an unknown code gives a general sentence with its number. */
export function errorText(error: unknown, options: { withNumber?: boolean } = {}): string {
  if (!(error instanceof ApiError))
    return m.error_page({ detail: error instanceof Error ? error.message : '' })
  const known = texts[error.code]
  if (known) return known(error.params)
  const number = [error.code, error.requestId].filter(Boolean).join(' · ')
  return options.withNumber === false ? m.error_general() : m.error_general_number({ number })
}
