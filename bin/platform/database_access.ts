import { join } from 'node:path'
import { APP_ROLE, ERASER_ROLE, grantRights, roleOf, setRole, urlAs } from '#bin/platform/database_roles'
import type { RunningPostgres } from '#bin/platform/embedded_postgres'
import { keptSecret } from '#bin/platform/keys'
import { createDatabase } from '#bin/platform/prepare_database'

/** Connection strings of an installation's roles; each process is given the one that it needs. */
export interface DatabaseAccess {
  readonly app: string
  readonly owner: string
  /** Where nobody gave one, nothing can be erased. */
  readonly eraser: string | undefined
}

/** Makes database and roles in a cluster of ours, also where an earlier version made neither. */
export async function embeddedAccess(
  cluster: RunningPostgres,
  { varDir, database = 'lunzheng' }: { varDir: string; database?: string | undefined }
): Promise<DatabaseAccess> {
  const maintenance = cluster.url('postgres')
  await createDatabase(maintenance, database)
  const owner = cluster.url(database)
  const signIn = async (role: string, file: string) => {
    const password = keptSecret(join(varDir, 'keys', file))
    await setRole(maintenance, role, password)
    return urlAs(owner, role, password)
  }
  return {
    owner,
    app: await signIn(APP_ROLE, 'database.key'),
    eraser: await signIn(ERASER_ROLE, 'database-eraser.key'),
  }
}

/** Somebody else's server: the roles are made there by whoever runs it. Without an owner's the app's role is both. */
export function externalAccess(given: NodeJS.ProcessEnv, app: string): DatabaseAccess {
  return { app, owner: given.DATABASE_OWNER_URL ?? app, eraser: given.DATABASE_ERASER_URL }
}

export async function grantAccess({ app, owner, eraser }: DatabaseAccess): Promise<void> {
  if (roleOf(app) === roleOf(owner)) return
  await grantRights(owner, roleOf(app), eraser && roleOf(eraser))
}

/** A bug in the app, or SQL slipped into it, must not find the owner's password in its environment. */
export function environmentFor(
  command: string,
  environment: NodeJS.ProcessEnv,
  access: DatabaseAccess
): NodeJS.ProcessEnv {
  if (command.startsWith('migration:')) return { ...environment, DATABASE_OWNER_URL: access.owner }
  if (command === 'ledger:resume') return { ...environment, DATABASE_URL: access.owner }
  if (command !== 'ledger:erase') return environment
  return { ...environment, DATABASE_URL: access.eraser ?? '' }
}
