import * as Y from 'yjs'
import { fromBase64, toBase64 } from '#lib/bytes'

/** Name of the Y.Text in each item's document. */
const TEXT = 'text'
/** Text of one item; the report's line would be unreadable long before. */
export const LONGEST_ITEM_TEXT = 4000

/**
 * A document that holds this text, base64. Its first author is always client 1: the same opinions make the
 * same document whoever computes it.
 */
export function textDocument(text: string): string {
  const document = new Y.Doc()
  document.clientID = 1
  document.getText(TEXT).insert(0, text)
  return toBase64(Y.encodeStateAsUpdate(document))
}

/** The document after an update, and its text; null when the bytes are no update or the text grows too long. */
export function applyUpdate(doc: Uint8Array, update: string): { doc: Uint8Array; text: string } | null {
  const document = new Y.Doc()
  Y.applyUpdate(document, doc)
  try {
    Y.applyUpdate(document, fromBase64(update))
  } catch {
    // Yjs throws plain errors on bytes that it can't read; the update is the page's, not ours.
    return null
  }
  const text = document.getText(TEXT).toString()
  if (text.length > LONGEST_ITEM_TEXT || !text.isWellFormed()) return null
  return { doc: Y.encodeStateAsUpdate(document), text }
}
