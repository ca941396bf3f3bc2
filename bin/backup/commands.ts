/** `ace backup FOLDER` and `ace restore FOLDER`, on the owner's connection and the data folder. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { HeadStore } from '#ledger/checkpoints/head_store'
import { logKey } from '#ledger/checkpoints/log_key'
import { toHex } from '#lib/bytes'
import { rootOf } from '#lib/merkle'
import { BackupUnusable, checkedManifest } from '#bin/backup/check'
import { copyFiles, dumpTables } from '#bin/backup/dump'
import { BACKUP_FORMAT, KEYS, MANIFEST, type BackupManifest } from '#bin/backup/format'
import { loadTables, type SignedHead } from '#bin/backup/load'
import { sha256OfFile } from '#bin/backup/sha256'
import { say } from '#bin/platform/progress'

const MISUSE = 2
export const BACKUP_HELP = `npm run ace -- backup FOLDER [--with-keys]
  Every table from one moment, beside the running app, and the files of the installation (documents, recordings, trust).
  Left out: keys/ unless --with-keys (whoever has them can sign as the platform and read personal data; without them a
  restored database can be read by nobody), ledger-head (it must not go back with the database), the witness (somebody else's).
npm run ace -- restore FOLDER --yes
  Puts a backup in the place of what is there. The installation has to be stopped, and of the version that made the backup.
  If the log was signed further, nothing is appended until npm run ace -- ledger:resume has said so before everybody.
Exit code 0: done; 1: refused, nothing was changed; 2: misuse.
`

export interface Place {
  readonly varDir: string
  readonly ownerUrl: string
}

function read(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'with-keys': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
  })
  const [folder] = positionals
  if (!folder || positionals.length > 1) throw new TypeError('one folder')
  const here = process.env.INIT_CWD ?? process.cwd()
  return { folder: resolve(here, folder), withKeys: values['with-keys'], yes: values.yes }
}

/** What the command line asks; null for misuse. */
export function backupArguments(args: readonly string[]): ReturnType<typeof read> | null {
  try {
    return read(args)
  } catch {
    // An option that does not exist, or no folder.
    return null
  }
}

export async function backup(place: Place, folder: string, withKeys: boolean): Promise<number> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    say(`${folder} is not empty.`)
    return MISUSE
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const dumped = await dumpTables(place.ownerUrl, join(folder, 'tables'))
  say(`${Object.keys(dumped.tables).length} tables, ledger of ${dumped.ledger.size} entries`)
  const files = await copyFiles(place.varDir, join(folder, 'files'), withKeys)
  const at = new Date().toISOString()
  const manifest: BackupManifest = { format: BACKUP_FORMAT, at, withKeys, ...dumped, files }
  // Last: a backup without it was not finished.
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  say(
    `${Object.keys(files).length} files, ${withKeys ? 'keys included: guard it like them' : 'without keys: keep them elsewhere'}`
  )
  say(`Backed up to ${folder}`)
  return 0
}

/** Before anything starts on the data folder, which would make new keys: checks the backup, and puts its files back. */
export async function restoreFiles(varDir: string, folder: string): Promise<BackupManifest | null> {
  const manifest = await checkedManifest(folder).catch((error: unknown) => {
    if (error instanceof BackupUnusable) return error.message
    throw error
  })
  if (typeof manifest === 'string') return refuse(manifest)
  const other = await otherKey(varDir, manifest)
  if (other) return refuse(`${join(varDir, other)} is another key than the backup's`)
  putFilesBack(folder, varDir, Object.keys(manifest.files))
  if (!existsSync(join(varDir, 'keys', 'app.key')) && !process.env.APP_KEY)
    return refuse(`${join(varDir, 'keys')} holds no keys of the installation: put them there first`)
  return manifest
}

export async function restore(
  { varDir, ownerUrl }: Place,
  folder: string,
  manifest: BackupManifest
): Promise<number> {
  const migrations = await migrationsOf(ownerUrl)
  if (migrations.join() !== manifest.migrations.join()) {
    refuse(`the backup is of another version, which ends with ${manifest.migrations.at(-1)}`)
    return 1
  }
  const { behind } = await loadTables(ownerUrl, join(folder, 'tables'), manifest, signedHead(varDir))
  say(`Restored what was there on ${manifest.at}: ledger of ${manifest.ledger.size} entries`)
  if (behind)
    say(
      'The ledger was signed beyond that: nothing is appended until ace ledger:resume SOURCE --by … --reason … has said so.'
    )
  return 0
}

function refuse(why: string): null {
  say(`Nothing was restored: ${why}`)
  return null
}

/** Passwords of database roles are set anew at each start; every other key has to be the one of the backup. */
async function otherKey(varDir: string, { files }: BackupManifest): Promise<string | null> {
  for (const [path, sha256] of Object.entries(files)) {
    const checked = path.startsWith(`${KEYS}/`) && !path.startsWith(`${KEYS}/database`)
    if (checked && existsSync(join(varDir, path)) && (await sha256OfFile(join(varDir, path))) !== sha256)
      return path
  }
  return null
}

async function migrationsOf(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query('SELECT name FROM adonis_schema ORDER BY name')
  await client.end()
  return rows.map(({ name }) => name as string)
}

/** What is there is newer or the same: files are named by their content, keys must not go back. */
function putFilesBack(folder: string, varDir: string, paths: readonly string[]): void {
  for (const path of paths) {
    const target = join(varDir, path)
    if (existsSync(target)) continue
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    copyFileSync(join(folder, 'files', path), target)
  }
}

function signedHead(varDir: string): SignedHead {
  const { generation, frontier } = new HeadStore(varDir, logKey(varDir, {})).latest()
  return generation === 0 ? null : { size: frontier.size, root: toHex(rootOf(frontier)) }
}
