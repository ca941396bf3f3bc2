import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { BACKUP_FORMAT, MANIFEST, type BackupManifest } from '#bin/backup/format'
import { sha256OfFile } from '#bin/backup/sha256'

/** The backup is not whole, or not of this version: nothing of it is put back. */
export class BackupUnusable extends Error {}

/** Reads what a backup says of itself and compares every file with it. @throws BackupUnusable */
export async function checkedManifest(directory: string): Promise<BackupManifest> {
  const text = await readFile(join(directory, MANIFEST), 'utf8').catch(() => null)
  if (text === null)
    throw new BackupUnusable(`${directory} holds no ${MANIFEST}: it is no backup, or was not finished`)
  const manifest = JSON.parse(text) as BackupManifest
  if (manifest.format !== BACKUP_FORMAT) throw new BackupUnusable(`${MANIFEST}: format ${manifest.format}`)
  for (const [name, { sha256 }] of Object.entries(manifest.tables)) {
    if (!/^\w+$/.test(name)) throw new BackupUnusable(`table ${name}`)
    await compare(join(directory, 'tables', `${name}.ndjson.gz`), sha256)
  }
  for (const [path, sha256] of Object.entries(manifest.files)) {
    if (normalize(path) !== path || path.startsWith('..') || path.startsWith('/'))
      throw new BackupUnusable(`path ${path}`)
    await compare(join(directory, 'files', path), sha256)
  }
  return manifest
}

async function compare(path: string, sha256: string): Promise<void> {
  const have = await sha256OfFile(path).catch(() => null)
  if (have !== sha256)
    throw new BackupUnusable(`${path} is ${have === null ? 'missing' : 'not what was backed up'}`)
}
