import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '../bytes.ts'
import type { ReadFile } from '../ledger/verify_folder.ts'
import type { Extent } from './extents.ts'

type Group = { hash: ReturnType<typeof sha256.create>; bytes: number }

/** Files as they are read, so that a check can name its bytes: those of one folder together, in the order read. */
export class ReadLog {
  readonly read: ReadFile
  readonly #groups = new Map<string, Group>()

  constructor(read: ReadFile) {
    this.read = async (path) => {
      const content = await read(path)
      if (content) this.#note(groupOf(path), content)
      return content
    }
  }

  extents(groups: readonly string[]): Extent[] {
    const matching = [...this.#groups].filter(([name]) => groups.some((group) => name.startsWith(group)))
    return matching.map(([part, { hash, bytes }]) => {
      return { part, bytes, sha256: toHex(hash.clone().digest()) }
    })
  }

  #note(name: string, content: Uint8Array): void {
    const group = this.#groups.get(name) ?? { hash: sha256.create(), bytes: 0 }
    group.hash.update(content)
    group.bytes += content.length
    this.#groups.set(name, group)
  }
}

/** `tile/entries/…`, `tile/<level>/…` and `timestamps/…` count as one part each. */
function groupOf(path: string): string {
  if (path.startsWith('timestamps/')) return 'timestamps/'
  return path.startsWith('tile/') ? `${path.split('/').slice(0, 2).join('/')}/` : path
}
