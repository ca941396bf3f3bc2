import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { sha256, toHex } from '#lib/bytes'

let known: Promise<string> | null = null

/** SHA-256 of the written specification (docs/draw/SPEC.md) that this release draws by, in hex. */
export function specHash(): Promise<string> {
  known ??= readFile(app.makePath('docs/draw/SPEC.md')).then((bytes) => toHex(sha256(new Uint8Array(bytes))))
  return known
}
