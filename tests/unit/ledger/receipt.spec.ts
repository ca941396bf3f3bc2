import { test } from '@japa/runner'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { findReceipt, formatReceipt, receiptAddress } from '#lib/ledger/receipt'
import { LogIncomplete, RemoteLog, standingOf } from '#lib/ledger/remote_log'
import { leafHash, merkleRoot } from '#lib/merkle'
import { parseCheckpoint } from '#lib/tlog/checkpoint'
import { parseNote } from '#lib/tlog/note'
import { ledgerFiles, madeEntries, type LedgerFiles } from '#tests/support/made_ledger'

const ENTRIES = madeEntries(600)
const HASHES = ENTRIES.map(leafHash)
const receiptOf = (index: number, size = index + 1, hashes = HASHES) => {
  return { index, size, root: toHex(merkleRoot(hashes.slice(0, size))) }
}
const logOf = (files: LedgerFiles) => new RemoteLog(async (path) => files[path] ?? null)
const headOf = (files: LedgerFiles) => {
  const note = parseNote(files.checkpoint!)
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
  if (!checkpoint.ok) throw new Error(checkpoint.error.code)
  return checkpoint.value
}

test.group('Receipts', () => {
  test('go through text and address, and are found in what people paste', ({ assert }) => {
    for (const index of [0, 17, 599]) {
      const receipt = receiptOf(index)
      const token = formatReceipt(receipt)
      assert.match(token, /^\d+\.\d+\.[\w-]{43}$/)
      const address = receiptAddress('https://a.example/', receipt)
      assert.equal(address, `https://a.example/log?receipt=${token}`)
      for (const text of [token, address, `回执：\n${token}\n`, `${address}&lang=zh`])
        assert.deepEqual(findReceipt(text), receipt)
    }
  })

  test('what is none is not taken for one', ({ assert }) => {
    const token = formatReceipt(receiptOf(17))
    for (const bad of [
      '',
      'x',
      token.slice(1).replace(/^7/, '07'),
      token.slice(0, -1),
      `${token}A`,
      token.replace('17.18', '18.18'),
    ])
      assert.isUndefined(findReceipt(bad), bad)
    assert.throws(() => formatReceipt({ index: 0, size: 1, root: 'xy' }), 'root')
  })

  test('of a tree that the log begins with are in, with their entry', async ({ assert }) => {
    const files = ledgerFiles(ENTRIES)
    for (const receipt of [
      receiptOf(0),
      receiptOf(255),
      receiptOf(256),
      receiptOf(300, 512),
      receiptOf(599),
    ]) {
      const standing = await standingOf(logOf(files), headOf(files), receipt)
      assert.deepEqual(standing, { code: 'receipt_in', entry: ENTRIES[receipt.index]! })
    }
  })

  test('tell a log that was wound back, rewritten or forked', async ({ assert }) => {
    const wound = ledgerFiles(ENTRIES.slice(0, 500))
    assert.deepEqual(await standingOf(logOf(wound), headOf(wound), receiptOf(599)), {
      code: 'receipt_beyond_log',
    })
    const other = madeEntries(600, 1)
    const fork = ledgerFiles([...ENTRIES.slice(0, 400), ...other.slice(400)])
    assert.equal((await standingOf(logOf(fork), headOf(fork), receiptOf(399))).code, 'receipt_in')
    assert.equal((await standingOf(logOf(fork), headOf(fork), receiptOf(400))).code, 'receipt_not_in')
    const wrong = { ...receiptOf(17), root: toHex(sha256(utf8('x'))) }
    const files = ledgerFiles(ENTRIES)
    assert.equal((await standingOf(logOf(files), headOf(files), wrong)).code, 'receipt_not_in')
  })

  test('are not in by tiles that were made up for them', async ({ assert }) => {
    const files = ledgerFiles(ENTRIES)
    const forged = ledgerFiles(madeEntries(600, 1))
    const receipt = receiptOf(300, 301, madeEntries(600, 1).map(leafHash))
    const mixed = { ...forged, checkpoint: files.checkpoint! }
    assert.equal((await standingOf(logOf(mixed), headOf(files), receipt)).code, 'receipt_not_in')
    const swapped = { ...files, 'tile/entries/001': forged['tile/entries/001']! }
    assert.equal((await standingOf(logOf(swapped), headOf(files), receiptOf(300))).code, 'receipt_not_in')
    const { 'tile/0/001': _, ...lacking } = files
    await assert.rejects(() => standingOf(logOf(lacking), headOf(files), receiptOf(300)), LogIncomplete)
  })
})
