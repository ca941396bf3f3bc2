import * as Y from 'yjs'
import { fromBase64, toBase64 } from '@shared/bytes.ts'
import type { RoomEvent } from '@shared/room/protocol.ts'
import { changeBetween, placeAfter } from './text_change.ts'

/** Name of the Y.Text in each item's document. */
const textName = 'text'
/** Keystrokes of this many milliseconds travel as one update. */
const gatherMs = 350

/** Texts of the panel's items, edited together: one Yjs document each, updates through the operation log. */
export class ItemTexts {
  /** What each item says, this page's unsent letters included. */
  texts = $state<Record<string, string>>({})
  #documents = new Map<string, Y.Doc>()
  #unsent = new Map<string, Uint8Array[]>()
  #timers = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #send: (itemId: string, update: string) => void

  constructor(send: (itemId: string, update: string) => void) {
    this.#send = send
  }

  /** Begins anew from whole documents; `waiting` are this page's updates that the server has not seen. */
  load(documents: Record<string, string>, waiting: readonly { itemId: string; update: string }[]): void {
    this.flush()
    this.clear()
    for (const [itemId, update] of Object.entries(documents)) this.#open(itemId, update)
    for (const { itemId, update } of waiting) this.#apply(itemId, update)
  }

  receive(event: RoomEvent): void {
    if (event.type === 'item.created') this.#open(event.data.itemId, event.data.doc)
    if (event.type === 'item.text') this.#apply(event.data.itemId, event.data.update)
    if (event.type === 'item.removed') this.#close(event.data.itemId)
  }

  /**
   * The person's text goes from `shown` to `next`. `shown` may lag behind the document while an input method
   * composes, so the change is moved to where it belongs now.
   */
  edit(itemId: string, shown: string, next: string): void {
    const document = this.#documents.get(itemId)
    const change = changeBetween(shown, next)
    if (!document || !change) return
    const text = document.getText(textName)
    const meanwhile = changeBetween(shown, text.toString())
    const from = placeAfter(change.index, meanwhile)
    const to = placeAfter(change.index + change.removed, meanwhile)
    document.transact(() => {
      if (to > from) text.delete(from, to - from)
      if (change.inserted) text.insert(from, change.inserted)
    }, 'here')
  }

  /** Hands over what is gathered, at once. */
  flush(): void {
    for (const itemId of this.#unsent.keys()) this.#handOver(itemId)
  }

  clear(): void {
    for (const itemId of this.#documents.keys()) this.#close(itemId)
    this.texts = {}
  }

  #open(itemId: string, update: string): void {
    this.#close(itemId)
    const document = new Y.Doc()
    Y.applyUpdate(document, fromBase64(update), 'server')
    document.on('update', (bytes: Uint8Array, origin: unknown) => {
      this.texts[itemId] = document.getText(textName).toString()
      if (origin === 'here') this.#gather(itemId, bytes)
    })
    this.#documents.set(itemId, document)
    this.texts[itemId] = document.getText(textName).toString()
  }

  #apply(itemId: string, update: string): void {
    const document = this.#documents.get(itemId)
    if (document) Y.applyUpdate(document, fromBase64(update), 'server')
  }

  #close(itemId: string): void {
    this.#documents.get(itemId)?.destroy()
    this.#documents.delete(itemId)
    delete this.texts[itemId]
  }

  #gather(itemId: string, update: Uint8Array): void {
    this.#unsent.set(itemId, [...(this.#unsent.get(itemId) ?? []), update])
    if (this.#timers.has(itemId)) return
    this.#timers.set(
      itemId,
      setTimeout(() => this.#handOver(itemId), gatherMs)
    )
  }

  #handOver(itemId: string): void {
    clearTimeout(this.#timers.get(itemId))
    this.#timers.delete(itemId)
    const updates = this.#unsent.get(itemId)
    this.#unsent.delete(itemId)
    if (updates) this.#send(itemId, toBase64(Y.mergeUpdates(updates)))
  }
}
