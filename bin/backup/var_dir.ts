import { chmodSync, existsSync, mkdirSync } from 'node:fs'

/** PostgreSQL, another user under root, has to pass through; what is secret below is closed by itself. */
export function makeVarDir(varDir: string): void {
  if (existsSync(varDir)) return
  mkdirSync(varDir, { recursive: true })
  chmodSync(varDir, 0o755)
}
