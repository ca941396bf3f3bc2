import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** These begin an installation where there is none. */
const BEGINS = ['demo:seed', 'migration:run']

/**
 * Why a command has nothing to work on, or null. A mistyped VAR_DIR would otherwise become an empty installation, and
 * whoever asked would read that all is well with it.
 */
export function nothingToAdminister(
  command: string,
  varDir: string,
  environment: NodeJS.ProcessEnv
): string | null {
  if (BEGINS.includes(command)) return null
  const elsewhere = environment.VAR_DIR ? 'Look at VAR_DIR' : 'Set VAR_DIR'
  const advice = `${elsewhere}; a new installation begins with npm start.`
  if (!holdsFiles(join(varDir, 'keys'))) return `${varDir} holds no installation: it has no keys. ${advice}`
  // The data may be kept elsewhere, its password never.
  const embedded = !environment.DATABASE_URL
  if (embedded && !existsSync(join(varDir, 'postgres.password')))
    return `${varDir} holds keys, but no database. Set DATABASE_URL if that is elsewhere. ${advice}`
  return null
}

function holdsFiles(directory: string): boolean {
  return existsSync(directory) && readdirSync(directory).length > 0
}
