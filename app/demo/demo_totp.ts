import { createHash } from 'node:crypto'

/** A second factor that the demo page can show: derived from the number, worth nothing elsewhere. */
export function demoTotpSecret(mobile: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const digest = createHash('sha256').update(`lunzheng/demo/totp\n${mobile}`).digest()
  return [...digest].map((byte) => alphabet[byte & 31]).join('')
}
