import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { formatFollowed, NOTHING_FOLLOWED, parseFollowed, type Followed } from '#lib/ledger/follow_log'

/** There is a state, and it is none of ours. Beginning anew would forget what the log showed before. */
export class StateUnreadable extends Error {
  override readonly name = 'StateUnreadable'
}

export function readState(path: string): Followed {
  if (!existsSync(path)) return NOTHING_FOLLOWED
  const followed = parseFollowed(readFileSync(path, 'utf8'))
  if (!followed) throw new StateUnreadable(`${path}: not a state of this monitor`)
  return followed
}

/** The old state or the new one after a crash, and on the disk when it returns. */
export function writeState(path: string, followed: Followed): void {
  writeDurably(path, formatFollowed(followed))
}

/** Keeps what the log showed and should not have: signed by itself, it proves to others what happened. */
export function keepEvidence(path: string, note: string): string {
  const kept = `${path}.refused`
  writeDurably(kept, note)
  return kept
}

/** Whole or not at all after a crash. */
export function writeDurably(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.part`
  const file = openSync(temporary, 'w', 0o600)
  const bytes = Buffer.from(text, 'utf8')
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
  fsyncSync(file)
  closeSync(file)
  renameSync(temporary, path)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
