/** Everything for which a backup is not put back, asked before anything is changed. */
import { existsSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import pg from 'pg'
import { BackupUnusable, checkedManifest } from '#bin/backup/check'
import { KEYS, type BackupManifest } from '#bin/backup/format'
import { sha256OfFile } from '#bin/backup/sha256'
import { fail, ok, type Result } from '#lib/result'

/** Without these nobody can read personal data again, or sign as the same log. */
const INDISPENSABLE = ['app.key', 'ledger.key']

const NO_SUCH_DATABASE = '3D000'

export interface Target {
  readonly root: string
  readonly varDir: string
  /** Of the database as it is now; null where there is none yet. */
  readonly ownerUrl: string | null
  /** Given by the environment in place of the file. */
  readonly appKey: string | undefined
}

/** `why` is a sentence. */
export type NotRestorable = { code: 'not_restorable'; why: string }

/** What the backup says of itself, unless it can't be put back here. */
export async function restorable(
  folder: string,
  target: Target
): Promise<Result<BackupManifest, NotRestorable>> {
  const manifest = await checkedManifest(folder).catch((error: unknown) => {
    if (error instanceof BackupUnusable) return error.message
    throw error
  })
  if (typeof manifest === 'string') return fail({ code: 'not_restorable', why: manifest })
  const why =
    (await otherKey(target.varDir, manifest)) ??
    missingKeys(target, manifest) ??
    otherVersion(target.root, manifest) ??
    (await newerDatabase(target.ownerUrl, manifest))
  return why === null ? ok(manifest) : fail({ code: 'not_restorable', why })
}

/** Passwords of database roles are set anew at each start; every other key has to be the one of the backup. */
async function otherKey(varDir: string, { files }: BackupManifest): Promise<string | null> {
  for (const [path, sha256] of Object.entries(files)) {
    const place = join(varDir, path)
    const checked = path.startsWith(`${KEYS}/`) && !path.startsWith(`${KEYS}/database`)
    if (checked && existsSync(place) && (await sha256OfFile(place)) !== sha256)
      return `${place} is another key than the backup's. Restore into another VAR_DIR, or find out whose key it is.`
  }
  return null
}

/** A key that is not there would be made anew, and be another. */
function missingKeys({ varDir, appKey }: Target, { files }: BackupManifest): string | null {
  const missing = INDISPENSABLE.filter(
    (name) =>
      !(name === 'app.key' && appKey) &&
      !Object.hasOwn(files, `${KEYS}/${name}`) &&
      !existsSync(join(varDir, KEYS, name))
  )
  if (missing.length === 0) return null
  return `the backup is without keys, and ${join(varDir, KEYS)} has no ${missing.join(', ')}. Put the keys folder of the installation there first.`
}

function otherVersion(root: string, { migrations }: BackupManifest): string | null {
  const folder = 'database/migrations'
  const ours = readdirSync(join(root, folder))
    .map((file) => `${folder}/${parse(file).name}`)
    .sort()
  if (ours.join() === [...migrations].sort().join()) return null
  return `the backup is of another version, which ends with ${migrations.at(-1)}; this one ends with ${ours.at(-1)}. Restore with the version that made it.`
}

/** Migrations go forwards only. */
async function newerDatabase(
  ownerUrl: string | null,
  { migrations }: BackupManifest
): Promise<string | null> {
  const done = ownerUrl ? await migrationsOf(ownerUrl) : []
  const unknown = done.find((name) => !migrations.includes(name))
  return unknown ? `the database is of a newer version than the backup: it has ${unknown}` : null
}

async function migrationsOf(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  const opened = await client.connect().then(
    () => true,
    (error: { code?: string }) => {
      if (error.code === NO_SUCH_DATABASE) return false
      throw error
    }
  )
  if (!opened) return []
  try {
    const { rows } = await client.query("SELECT to_regclass('public.adonis_schema') AS made")
    if (rows[0].made === null) return []
    const done = await client.query('SELECT name FROM adonis_schema ORDER BY name')
    return done.rows.map(({ name }) => name as string)
  } finally {
    await client.end()
  }
}
