import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { putFilesBack, restore } from '#bin/backup/commands'
import { restorable } from '#bin/backup/refusals'
import { databaseFolders, startEmbeddedPostgres, type RunningPostgres } from '#bin/platform/embedded_postgres'
import { Instance } from '#bin/platform/instance'
import { say } from '#bin/platform/progress'

export interface Installation {
  readonly root: string
  readonly varDir: string
  readonly environment: NodeJS.ProcessEnv
}

/** Asks all that may refuse, and only then puts files, keys and rows back. */
export async function restoreBackup(installation: Installation, folder: string): Promise<number> {
  const { root, varDir, environment } = installation
  const external = environment.DATABASE_OWNER_URL ?? environment.DATABASE_URL
  let cluster: RunningPostgres | undefined
  let instance: Instance | undefined
  try {
    if (!external && hasDatabase(varDir)) cluster = await startCluster(varDir)
    const ownerUrl = external ?? cluster?.url('lunzheng') ?? null
    const found = await restorable(folder, { root, varDir, ownerUrl, appKey: environment.APP_KEY })
    if (!found.ok) {
      say(`Nothing was restored: ${found.error.why}`)
      return 1
    }
    putFilesBack(varDir, folder, found.value)
    if (!external) cluster ??= await startCluster(varDir)
    const given = cluster ? { postgres: cluster } : {}
    instance = await Instance.prepare({ root, varDir, demo: false, environment, ...given })
    return await restore({ varDir, ownerUrl: instance.access.owner }, folder, found.value)
  } finally {
    await instance?.stop()
    await cluster?.stop()
  }
}

function hasDatabase(varDir: string): boolean {
  return databaseFolders(join(varDir, 'postgres')).some((folder) => existsSync(join(folder, 'PG_VERSION')))
}

/** Where there is a database already, keys of ours must not hide that it is another place than expected. */
function startCluster(varDir: string): Promise<RunningPostgres> {
  return startEmbeddedPostgres(join(varDir, 'postgres'), { join: true, anew: !hasDatabase(varDir) })
}
