import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Operation } from '@shared/room/protocol.ts'

/** An operation that the server has not acknowledged yet. */
export interface Waiting {
  /** UUIDv7, so the order of keys is the order of writing. */
  opId: string
  /** Several people may share one browser: whose it is. */
  userId: string
  reviewId: string
  operation: Operation
}

interface Schema extends DBSchema {
  operations: { key: string; value: Waiting; indexes: { of: [string, string] } }
}

/**
 * Unsent operations of one person in one review, on this machine's disk until they are acknowledged. Where
 * the browser keeps nothing (some private windows) they live as long as the page, and `durable` is false.
 */
export class Outbox {
  durable = true
  #database: IDBPDatabase<Schema> | null = null
  readonly #userId: string
  readonly #reviewId: string

  constructor(userId: string, reviewId: string) {
    this.#userId = userId
    this.#reviewId = reviewId
  }

  /** What was left from before, oldest first. */
  async open(): Promise<Waiting[]> {
    try {
      this.#database = await openDB<Schema>('lz-room', 1, {
        upgrade: (database) => {
          const store = database.createObjectStore('operations', { keyPath: 'opId' })
          store.createIndex('of', ['userId', 'reviewId'])
        },
      })
      const left = await this.#database.getAllFromIndex('operations', 'of', [this.#userId, this.#reviewId])
      return left.sort((one, other) => (one.opId < other.opId ? -1 : 1))
    } catch (error) {
      console.warn('outbox', error)
      this.durable = false
      return []
    }
  }

  async put(operation: Operation): Promise<Waiting> {
    const waiting = { opId: operation.opId, userId: this.#userId, reviewId: this.#reviewId, operation }
    await this.#database?.put('operations', waiting)
    return waiting
  }

  async remove(opId: string): Promise<void> {
    await this.#database?.delete('operations', opId)
  }

  close(): void {
    this.#database?.close()
    this.#database = null
  }
}
