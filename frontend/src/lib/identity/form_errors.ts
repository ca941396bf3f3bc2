import { m } from '#paraglide/messages.js'
import type { FieldError } from '../ui/Field.svelte'
import { mobileProblem } from './mobile_rule.ts'

const passwordLength = 10

export function mobileError(typed: string): FieldError | null {
  const problem = mobileProblem(typed)
  if (!problem) return null
  switch (problem.kind) {
    case 'missing':
      return { what: m.mobile_missing(), how: m.mobile_missing_how() }
    case 'letters':
      return { what: m.mobile_letters(), how: m.mobile_should() }
    case 'short':
      return { what: m.mobile_short({ count: problem.by }), how: m.mobile_should() }
    case 'long':
      return { what: m.mobile_long({ count: problem.by }), how: m.mobile_should() }
  }
}

export function passwordError(typed: string): FieldError | null {
  return typed === '' ? { what: m.password_missing(), how: m.password_missing_how() } : null
}

/** A new password has 10 characters or more, nothing else is asked of it (NIST SP 800-63B). */
export function newPasswordError(typed: string): FieldError | null {
  const missing = passwordLength - [...typed].length
  return missing > 0 ? { what: m.password_short({ count: missing }), how: m.password_should() } : null
}

/** Six digits, of an SMS or of an authenticator. */
export function codeError(typed: string): FieldError | null {
  return /^\d{6}$/.test(plainCode(typed)) ? null : { what: m.code_missing(), how: m.code_should() }
}

export function plainCode(typed: string): string {
  return typed.normalize('NFKC').replace(/\s/g, '')
}
