/** A receipt: where an entry stood when it was made. Whoever holds one can tell a log that was wound back. */
import { fromHex, isHex, toBase64, toHex } from '../bytes.ts'
import { decodeBase64 } from '../tlog/note.ts'
import { parseSize } from '../tlog/checkpoint.ts'

export type Receipt = {
  readonly index: number
  /** Of the tree that holds the entry: above `index`. */
  readonly size: number
  /** Root of that tree, hex. */
  readonly root: string
}

const TOKEN = /(?:^|[?&=\s])(\d{1,16})\.(\d{1,16})\.([\w-]{43})(?![\w-])/

/** `index.size.root`, the root in base64url: short enough for a code on paper. */
export function formatReceipt({ index, size, root }: Receipt): string {
  const bytes = isHex(root, 32) ? fromHex(root) : undefined
  if (!bytes) throw new RangeError('root')
  return `${index}.${size}.${toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace('=', '')}`
}

/** Finds a receipt in what somebody pasted: the text itself, or an address that holds it. */
export function findReceipt(text: string): Receipt | undefined {
  const [, indexText = '', sizeText = '', rootText = ''] = TOKEN.exec(text) ?? []
  const index = parseSize(indexText)
  const size = parseSize(sizeText)
  const root = decodeBase64(`${rootText.replaceAll('-', '+').replaceAll('_', '/')}=`)
  if (index === undefined || size === undefined || index >= size || root?.length !== 32) return undefined
  return { index, size, root: toHex(root) }
}

/** The page that checks a receipt. */
export function receiptAddress(publicUrl: string, receipt: Receipt): string {
  return `${publicUrl.replace(/\/+$/, '')}/log?receipt=${formatReceipt(receipt)}`
}
