/** `ace backup FOLDER` and `ace restore FOLDER`, on the owner's connection and the data folder. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { HeadStore } from '#ledger/checkpoints/head_store'
import { logKey } from '#ledger/checkpoints/log_key'
import { toHex } from '#lib/bytes'
import { rootOf } from '#lib/merkle'
import { copyFiles, dumpTables } from '#bin/backup/dump'
import { BACKUP_FORMAT, MANIFEST, type BackupManifest } from '#bin/backup/format'
import { loadTables } from '#bin/backup/load'
import { whyNotToGoOn, type SignedHead } from '#bin/backup/standing'
import { makeVarDir } from '#bin/backup/var_dir'
import { say } from '#bin/platform/progress'

const MISUSE = 2
export const BACKUP_HELP = `npm run ace -- backup FOLDER [--with-keys]
  Every table from one moment, beside the running app, and the files of the installation (documents, recordings, trust).
  Left out: keys/ unless --with-keys (whoever has them can sign as the platform and read personal data; without them a
  restored database can be read by nobody), ledger-head (it must not go back with the database), the witness (somebody else's).
npm run ace -- restore FOLDER --yes
  Puts a backup in the place of what is there. The installation has to be stopped, and of the version that made the backup.
  If the log was signed further, or nothing here says how far, nothing is appended until npm run ace -- ledger:resume
  has said so before everybody.
  Refused before anything is changed: a backup that is not whole, of another version, of other keys, or without keys
  where there are none.
Exit code 0: done; 1: refused, nothing was changed; 2: misuse.
docs/operations.md says what to save, how often, and how to restore step by step.
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

/** Before anything starts on the data folder, which would make new keys. */
export function putFilesBack(varDir: string, folder: string, { files }: BackupManifest): void {
  makeVarDir(varDir)
  copyMissing(folder, varDir, Object.keys(files))
}

export async function restore(
  { varDir, ownerUrl }: Place,
  folder: string,
  manifest: BackupManifest
): Promise<number> {
  const signed = signedHead(varDir)
  await loadTables(ownerUrl, join(folder, 'tables'), manifest, signed)
  say(`Restored what was there on ${manifest.at}: ledger of ${manifest.ledger.size} entries`)
  const why = whyNotToGoOn(signed, manifest.ledger)
  if (why)
    say(
      `${why} Nothing is appended until npm run ace -- ledger:resume SOURCE --by … --reason … has said so before everybody.`
    )
  return 0
}

/** What is there is newer or the same: files are named by their content, keys must not go back. */
function copyMissing(folder: string, varDir: string, paths: readonly string[]): void {
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
