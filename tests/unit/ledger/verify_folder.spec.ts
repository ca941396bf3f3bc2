import { test } from '@japa/runner'
import { concat, sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { readLeaf, type Leaf } from '#lib/ledger/leaf'
import { FIRST_PREV, Streams } from '#lib/ledger/streams'
import { verifyLedgerFolder } from '#lib/ledger/verify_folder'
import { leafHash, merkleRoot } from '#lib/merkle'
import { KEY_TYPE, signerKey, type VerifierKey } from '#lib/tlog/keys'
import { decodeEntries } from '#lib/tlog/tiles'
import {
  checkpointOf,
  ledgerFiles,
  LOG,
  madeEntries,
  WITNESS,
  type LedgerFiles,
} from '#tests/support/made_ledger'

const ENTRIES = madeEntries(600)
const HASHES = ENTRIES.map(leafHash)
const STRANGER = signerKey(LOG.name, KEY_TYPE.ed25519, sha256(utf8('stranger')))
const OTHER_WITNESS = signerKey('witness.example/x', KEY_TYPE.cosignature, sha256(utf8('x')))

async function judge(files: LedgerFiles, trusted: readonly VerifierKey[] = [LOG, WITNESS]) {
  const { verdict, checks } = await verifyLedgerFolder(async (path) => files[path] ?? null, trusted)
  const failed = checks.filter(({ ok }) => !ok)
  return { verdict, codes: failed.map(({ code }) => code), details: failed.map(({ detail }) => detail) }
}

const textOf = (files: LedgerFiles, path: string) => new TextDecoder().decode(files[path])
const edited = (entry: Uint8Array, change: (leaf: any) => void) => {
  const leaf = JSON.parse(new TextDecoder().decode(entry))
  change(leaf)
  return utf8(canonicalJson(leaf))
}
/** The log with entries changed, everything else recomputed and signed: only what entries say of one another is left. */
const resigned = (change: (entries: Uint8Array[]) => unknown) => {
  const entries = [...ENTRIES]
  change(entries)
  return ledgerFiles(entries)
}
const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

test.group('A ledger folder', () => {
  test('is genuine as it was left, from nothing to more than a tile of tiles', async ({ assert }) => {
    for (const size of [0, 1, 255, 256, 257, 600]) {
      const { verdict, codes } = await judge(ledgerFiles(ENTRIES.slice(0, size)))
      assert.deepEqual({ size, verdict, codes }, { size, verdict: 'genuine', codes: [] })
    }
  })

  test('signer unknown without pinned keys, one of them or both', async ({ assert }) => {
    const files = ledgerFiles(ENTRIES)
    const none = await judge(files, [])
    assert.deepEqual(none.codes, ['ledger_log_key_trusted', 'ledger_witness_key_trusted'])
    assert.equal(none.verdict, 'consistent_unknown_signer')
    assert.deepEqual((await judge(files, [LOG])).codes, ['ledger_witness_key_trusted'])
    assert.deepEqual((await judge(files, [WITNESS])).codes, ['ledger_log_key_trusted'])
    const otherLog = signerKey('log.example/b', KEY_TYPE.ed25519, LOG.secretKey)
    assert.deepEqual((await judge(files, [otherLog, WITNESS])).codes, ['ledger_log_key_trusted'])
  })

  test('signed by others than those pinned', async ({ assert }) => {
    const forged = ledgerFiles(ENTRIES, { log: STRANGER, witness: WITNESS })
    assert.deepEqual((await judge(forged)).codes, ['ledger_signature'])
    const unseen = ledgerFiles(ENTRIES, { log: LOG, witness: OTHER_WITNESS })
    assert.deepEqual((await judge(unseen)).codes, ['ledger_cosignature'])
    assert.equal((await judge(unseen)).verdict, 'not_genuine')
    const spoilt = ledgerFiles(ENTRIES)
    spoilt.checkpoint = utf8(textOf(spoilt, 'checkpoint').replace('\n600\n', '\n599\n'))
    const { codes } = await judge(spoilt)
    assert.includeMembers(codes, ['ledger_keys', 'ledger_signature', 'ledger_cosignature'])
  })

  test('with other keys beside it than those that signed', async ({ assert }) => {
    const files = ledgerFiles(ENTRIES)
    const other = ledgerFiles([], { log: STRANGER, witness: OTHER_WITNESS })
    assert.deepEqual((await judge({ ...files, 'server.vkey': other['server.vkey']! })).codes, ['ledger_keys'])
    assert.deepEqual((await judge({ ...files, 'witness.vkey': other['witness.vkey']! })).codes, [
      'ledger_keys',
    ])
    assert.deepEqual((await judge({ ...files, 'server.vkey': utf8('x') })).codes, ['ledger_keys'])
  })

  test('an altered entry, by its index', async ({ assert }) => {
    const files = ledgerFiles(ENTRIES)
    files['tile/entries/001'] = flipped(files['tile/entries/001']!, 40)
    assert.deepEqual((await judge(files)).codes[0], 'ledger_entries')
    assert.deepEqual((await judge(files)).details[0], 'index 256')
  })

  test('an altered entry with its leaf hash: the root is another', async ({ assert }) => {
    const rewritten = resigned(
      (entries) => (entries[300] = edited(entries[300]!, (leaf) => (leaf.commit = toHex(sha256()))))
    )
    rewritten.checkpoint = ledgerFiles(ENTRIES).checkpoint!
    assert.includeMembers((await judge(rewritten)).codes, ['ledger_root', 'ledger_streams'])
    assert.include((await judge(rewritten)).details, 'index 303 stream_previous')
  })

  test('the tail or the middle deleted, entries exchanged, entries put in', async ({ assert }) => {
    const { checkpoint } = ledgerFiles(ENTRIES)
    for (const change of [
      (entries: Uint8Array[]) => entries.splice(590, 10, ...madeEntries(10)),
      (entries: Uint8Array[]) => entries.splice(300, 1, entries[301]!),
      (entries: Uint8Array[]) => entries.splice(300, 2, entries[301]!, entries[300]!),
    ]) {
      const { verdict, codes } = await judge({ ...resigned(change), checkpoint: checkpoint! })
      assert.equal(verdict, 'not_genuine')
      assert.include(codes, 'ledger_root')
    }
    const short = { ...ledgerFiles(ENTRIES.slice(0, 599)), checkpoint: checkpoint! }
    assert.includeMembers((await judge(short)).codes, ['ledger_tiles', 'ledger_root', 'ledger_entries'])
  })

  test('a fork: an older tree of the same size, signed by another', async ({ assert }) => {
    const fork = ledgerFiles(madeEntries(600, 1), { log: STRANGER, witness: OTHER_WITNESS })
    const mixed = { ...fork, checkpoint: ledgerFiles(ENTRIES).checkpoint! }
    assert.includeMembers((await judge(mixed)).codes, ['ledger_keys', 'ledger_root'])
  })

  test('odd leaves doubled, and a node passed off as an entry', async ({ assert }) => {
    const three = HASHES.slice(0, 3)
    const doubled = merkleRoot([...three, three[2]!])
    const files = { ...ledgerFiles(ENTRIES.slice(0, 3)), checkpoint: checkpointOf(3, doubled) }
    assert.deepEqual((await judge(files)).codes, ['ledger_root'])
    // The children of a node as one entry: without other prefixes for leaves it would have the same hash.
    const node = ledgerFiles([concat(HASHES[0]!, HASHES[1]!)])
    node.checkpoint = checkpointOf(1, merkleRoot(HASHES.slice(0, 2)))
    assert.includeMembers((await judge(node)).codes, ['ledger_root', 'ledger_entry_form'])
  })

  test('an upper tile that is not that of the level below', async ({ assert }) => {
    const files = ledgerFiles(ENTRIES)
    files['tile/1/000.p/2'] = flipped(files['tile/1/000.p/2']!, 33)
    assert.deepEqual((await judge(files)).codes, ['ledger_tiles'])
    assert.deepEqual((await judge(files)).details, ['tile/1/000.p/2 hash 1'])
  })

  test('signed, and yet a stream does not hold together', async ({ assert }) => {
    const skipped = resigned((entries) => entries.splice(300, 1))
    const found = await judge(skipped)
    assert.deepEqual(found.codes, ['ledger_streams'])
    assert.deepEqual(found.details, ['index 302 stream_sequence'])
    const closed = resigned((entries) => {
      entries[597] = edited(entries[597]!, (leaf) => (leaf.type = 'stream.closed'))
      const prev = toHex(leafHash(entries[597]!))
      entries.push(
        edited(entries[597]!, (leaf) =>
          Object.assign(leaf, { prev, seq: leaf.seq + 1, type: 'plan.reminded' })
        )
      )
    })
    assert.deepEqual((await judge(closed)).details, ['index 600 stream_after_close'])
  })

  test('entries spelt in a second way are none', async ({ assert }) => {
    const text = new TextDecoder().decode(ENTRIES[0])
    for (const [what, bad] of Object.entries({
      'a duplicate key': text.replace('{', '{"at":"2026-01-01T00:00:00.000Z",'),
      'white space': text.replace(',', ', '),
      'another order': `{"v":1,${text.slice(1, -7)}}`,
      'minus zero': text.replace('"seq":0', '"seq":-0'),
      'an exponent': text.replace('"seq":0', '"seq":1e21'),
      'a lone surrogate': text.replace('review/0', '\\ud800'),
      'text not in NFC': text.replace('review/0', 'u\u0308'),
      'a field more': text.replace('}', ',"x":1}'),
      'another version': text.replace('"v":1', '"v":2'),
      'a day that is none': text.replace('2026-03-13', '2026-02-31'),
      'a byte order mark': `\ufeff${text}`,
      nothing: '',
    })) {
      assert.isUndefined(readLeaf(utf8(bad)), what)
      assert.include(
        (await judge(resigned((entries) => (entries[0] = utf8(bad))))).codes,
        'ledger_entry_form',
        what
      )
    }
    assert.isUndefined(readLeaf(Uint8Array.of(0xff)))
    assert.isDefined(readLeaf(ENTRIES[0]!))
  })

  test('without a checkpoint it can’t be read', async ({ assert }) => {
    const files = ledgerFiles(ENTRIES)
    for (const checkpoint of [undefined, utf8('x'), utf8(textOf(files, 'checkpoint').slice(0, -1))]) {
      const rest = { ...files }
      delete rest.checkpoint
      const { verdict, codes } = await judge(checkpoint ? { ...rest, checkpoint } : rest)
      assert.deepEqual({ verdict, codes }, { verdict: 'unreadable', codes: ['ledger_checkpoint'] })
    }
  })

  test('an altered byte anywhere in it', async ({ assert }) => {
    const files = ledgerFiles(ENTRIES.slice(0, 3))
    for (const path of Object.keys(files)) {
      for (let at = 0; at < files[path]!.length; at += 5) {
        const { verdict } = await judge({ ...files, [path]: flipped(files[path]!, at) })
        if (verdict === 'genuine') assert.fail(`${path} byte ${at}`)
      }
    }
    assert.lengthOf(decodeEntries(files['tile/entries/000.p/3']!, 3)!, 3)
  }).timeout(120_000)
})

test.group('Streams', () => {
  const leaf = (change: Partial<Leaf>) =>
    ({ v: 1, stream: 'a', seq: 0, prev: FIRST_PREV, type: 'x', at: '', commit: '', ...change }) as Leaf

  test('count their entries, and say what is wrong', ({ assert }) => {
    const streams = new Streams()
    assert.equal(streams.next(leaf({ seq: 1 }), 'h0'), 'stream_sequence')
    assert.isNull(streams.next(leaf({}), 'h0'))
    assert.equal(streams.next(leaf({ seq: 1 }), 'h1'), 'stream_previous')
    assert.equal(streams.next(leaf({}), 'h1'), 'stream_sequence')
    assert.isNull(streams.next(leaf({ seq: 1, prev: 'h0', type: 'stream.closed' }), 'h1'))
    assert.equal(streams.next(leaf({ seq: 2, prev: 'h1' }), 'h2'), 'stream_after_close')
    assert.isNull(streams.next(leaf({ stream: 'b' }), 'h3'))
    assert.deepEqual([streams.count('a'), streams.count('b'), streams.count('c')], [2, 1, 0])
  })
})
