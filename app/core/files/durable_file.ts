import { closeSync, fsyncSync, linkSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { newId } from '#core/ids'

/**
 * Makes a file with all of its text, on the disk when this returns. False when there is one of that name: of two
 * who try at once exactly one succeeds, and nobody ever sees half a file.
 */
export function createDurably(path: string, text: string): boolean {
  const temporary = `${path}.${newId()}.part`
  const file = openSync(temporary, 'wx', 0o600)
  try {
    const bytes = Buffer.from(text, 'utf8')
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(temporary)
  }
  syncDirectory(dirname(path))
  return true
}

/** A new file's name is durable only once its directory is. */
function syncDirectory(path: string): void {
  const directory = openSync(path, 'r')
  fsyncSync(directory)
  closeSync(directory)
}
