/**
 * Every checkpoint that the log signed and showed, kept from before anything else is asked of it: whoever shows a fork
 * and then falls silent must not have left no proof. `unread` until the log is known to go on from it, and then gone;
 * `refused` for good when it does not.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { writeDurably } from '#bin/monitor/state_file'

const UNREAD = '.unread'

export class KeptNotes {
  readonly #folder: string

  constructor(stateFile: string) {
    this.#folder = `${stateFile}.notes`
  }

  keep(note: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    writeDurably(this.#pathOf(note, UNREAD), note)
  }

  unread(): string[] {
    const names = existsSync(this.#folder) ? readdirSync(this.#folder).sort() : []
    return names
      .filter((name) => name.endsWith(UNREAD))
      .map((name) => readFileSync(join(this.#folder, name), 'utf8'))
  }

  refuse(note: string): void {
    const path = this.#pathOf(note, UNREAD)
    if (existsSync(path)) renameSync(path, this.#pathOf(note, '.refused'))
  }

  /** The log goes on from it, so that what is remembered of the log says as much. */
  drop(note: string): void {
    rmSync(this.#pathOf(note, UNREAD), { force: true })
  }

  #pathOf(note: string, ending: string): string {
    return join(this.#folder, `${toHex(sha256(utf8(note))).slice(0, 32)}${ending}`)
  }
}
