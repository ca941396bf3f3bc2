import { test } from '@japa/runner'
import { sha256, toHex, u32be, utf8 } from '#lib/bytes'
import {
  appendLeaf,
  consistencyProof,
  EMPTY_FRONTIER,
  inclusionProof,
  leafHash,
  merkleRoot,
  type Frontier,
} from '#lib/merkle'
import { formatCheckpoint } from '#lib/tlog/checkpoint'
import { KEY_TYPE, signerKey } from '#lib/tlog/keys'
import { formatNote } from '#lib/tlog/note'
import { formatProof, parseProof, verifyProof } from '#lib/tlog/proof'
import { cosignNote, signNote } from '#lib/tlog/sign_note'
import { TileTree } from '#lib/tlog/tile_tree'
import {
  decodeEntries,
  decodeHashes,
  encodeEntries,
  encodeHashes,
  MAX_ENTRY_BYTES,
  parseTilePath,
  tilePath,
  tilesOf,
  widthIn,
} from '#lib/tlog/tiles'
import { formatAddCheckpoint, parseAddCheckpoint } from '#lib/tlog/witness_request'

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => leafHash(u32be(i)))

/** Tiles as a log keeps them: filled while it grows. */
function tilesWhileGrowing(count: number) {
  const levels: Uint8Array[][] = [[]]
  let frontier: Frontier = EMPTY_FRONTIER
  for (const leaf of leavesOf(count)) {
    levels[0]!.push(leaf)
    frontier = appendLeaf(frontier, leaf, (height, hash) => {
      if (height % 8 === 0) (levels[height / 8] ??= []).push(hash)
    })
  }
  return { levels, frontier }
}

test.group('Tiles', () => {
  test('have the paths of the format', ({ assert }) => {
    assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067')
    assert.equal(tilePath({ level: 'entries', index: 0, width: 7 }), 'tile/entries/000.p/7')
    assert.equal(tilePath({ level: 2, index: 1000, width: 1 }), 'tile/2/x001/000.p/1')
    for (const path of ['tile/0/000', 'tile/entries/x001/000', 'tile/3/x999/x999/999.p/255'])
      assert.equal(tilePath(parseTilePath(path)!), path)
    for (const bad of [
      'tile/00/000',
      'tile/64/000',
      'tile/0/00',
      'tile/0/x000/001',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/07',
      'tile/0/001/000',
      'tile/0/x001',
      'tile/0/000/',
      'tile/data/000',
      'tile/0/../checkpoint',
      '/tile/0/000',
    ])
      assert.isUndefined(parseTilePath(bad), bad)
  })

  test('of a tree of 70,000 and of 256 are those that the format tells of', ({ assert }) => {
    const levels = (size: number) => {
      const hashes = [...tilesOf(size)].filter(({ level }) => level !== 'entries')
      return hashes.map(({ level, index, width }) => `${level}/${index}:${width}`)
    }
    const many = levels(70_000)
    assert.lengthOf(many, 274 + 2 + 1)
    assert.includeMembers(many, ['0/273:112', '1/0:256', '1/1:17', '2/0:1'])
    assert.deepEqual(levels(256), ['0/0:256', '1/0:1'])
    assert.deepEqual(levels(0), [])
    assert.equal(widthIn(5, 7, 0), 0)
  })

  test('hold what was put in, and nothing of another length', ({ assert }) => {
    const hashes = leavesOf(3)
    assert.deepEqual(decodeHashes(encodeHashes(hashes), 3), hashes)
    assert.isUndefined(decodeHashes(encodeHashes(hashes), 2))
    const entries = [utf8('{}'), new Uint8Array(0), new Uint8Array(MAX_ENTRY_BYTES)]
    assert.deepEqual(decodeEntries(encodeEntries(entries), 3), entries)
    assert.isUndefined(decodeEntries(encodeEntries(entries), 2))
    assert.isUndefined(decodeEntries(encodeEntries(entries).slice(0, -1), 3))
    assert.isUndefined(decodeEntries(new Uint8Array(1), 0))
    assert.throws(() => encodeEntries([new Uint8Array(MAX_ENTRY_BYTES + 1)]), 'entry_too_long')
  })

  test('give the same roots and proofs as all the leaves do', async ({ assert }) => {
    const { levels } = tilesWhileGrowing(66_000)
    const treeOf = (size: number) =>
      new TileTree(size, async (level, index, width) => {
        assert.equal(width, widthIn(size, level, index))
        return levels[level]!.slice(index * 256, index * 256 + width)
      })
    for (const size of [1, 2, 3, 7, 255, 256, 257, 511, 513, 1000]) {
      const leaves = levels[0]!.slice(0, size)
      const tree = treeOf(size)
      assert.equal(toHex(await tree.root()), toHex(merkleRoot(leaves)))
      for (const index of [0, Math.floor(size / 3), size - 1])
        assert.deepEqual(await tree.inclusion(index), inclusionProof(leaves, index))
      for (const first of [0, 1, Math.floor(size / 2), size - 1, size])
        assert.deepEqual(await tree.consistency(first), consistencyProof(leaves, first))
    }
    const large = levels[0]!.slice(0, 65_537)
    const tree = treeOf(large.length)
    assert.deepEqual(await tree.inclusion(40_000), inclusionProof(large, 40_000))
    assert.deepEqual(await tree.consistency(65_535), consistencyProof(large, 65_535))
  })

  test('an inclusion proof reads three levels, not every leaf', async ({ assert }) => {
    const { levels } = tilesWhileGrowing(70_000)
    let read = 0
    const tree = new TileTree(70_000, async (level, index, width) => {
      read += 1
      return levels[level]!.slice(index * 256, index * 256 + width)
    })
    await tree.inclusion(12_345)
    assert.isAtMost(read, 5)
  })
})

const LOG = signerKey('log.example/a', KEY_TYPE.ed25519, sha256(utf8('log')))
const WITNESS = signerKey('witness.example/w', KEY_TYPE.cosignature, sha256(utf8('witness')))
const TWIN = signerKey('witness.example/other-name', KEY_TYPE.cosignature, sha256(utf8('witness')))

test.group('Offline proofs', () => {
  const leaves = leavesOf(300)
  const text = formatCheckpoint({ origin: LOG.name, size: 300, root: merkleRoot(leaves) })
  const signed = [signNote(LOG, text), cosignNote(WITNESS, text, 1_773_331_200), cosignNote(TWIN, text, 5)]
  const proofOf = (index: number, signatures = signed) =>
    formatProof({ index, path: inclusionProof(leaves, index), checkpoint: formatNote({ text, signatures }) })
  const codeOf = (proof: string, leaf: Uint8Array, witnesses = 1) => {
    const verified = verifyProof(utf8(proof), leaf, [LOG, WITNESS, TWIN], { witnesses })
    return verified.ok ? 'ok' : verified.error.code
  }

  test('prove their leaf, and no other', ({ assert }) => {
    assert.equal(codeOf(proofOf(17), leaves[17]!), 'ok')
    assert.equal(codeOf(proofOf(17), leaves[18]!), 'proof_not_included')
    assert.equal(codeOf(proofOf(17).replace('index 17', 'index 18'), leaves[17]!), 'proof_not_included')
    assert.equal(codeOf(proofOf(17).replace('index 17', 'index 300'), leaves[17]!), 'proof_not_included')
    const [head, ...rest] = proofOf(17).split('\n')
    assert.equal(codeOf([head, rest[0], ...rest.slice(2)].join('\n'), leaves[17]!), 'proof_not_included')
    assert.equal(
      codeOf([head, rest[0], rest[1], ...rest.slice(1)].join('\n'), leaves[17]!),
      'proof_not_included'
    )
  })

  test('count each witness once, whatever it calls itself', ({ assert }) => {
    assert.equal(codeOf(proofOf(17, [signed[0]!]), leaves[17]!), 'proof_not_cosigned')
    assert.equal(codeOf(proofOf(17), leaves[17]!, 2), 'proof_not_cosigned')
    assert.equal(codeOf(proofOf(17, [signed[1]!]), leaves[17]!), 'note_not_signed')
  })

  test('are read to the letter', ({ assert }) => {
    const good = proofOf(17)
    const withExtra = parseProof(utf8(good.replace('index', `extra AAEC\nindex`)))
    assert.deepEqual(withExtra.ok && withExtra.value.extra, Uint8Array.of(0, 1, 2))
    assert.equal(withExtra.ok && formatProof(withExtra.value), good.replace('index', `extra AAEC\nindex`))
    for (const bad of [
      good.replace('@v1', '@v2'),
      good.replace('index 17', 'index 017'),
      good.replace('index 17', 'index'),
      good.replace('index', 'extra A\nindex'),
      good.replace('\n\n', '\n'),
      good.replace('\n\n', '\nAAAA\n\n'),
    ])
      assert.equal(codeOf(bad, leaves[17]!), 'proof_malformed')
  })

  test('a witness is asked in the lines of its protocol', ({ assert }) => {
    const asked = { old: 5, proof: leaves.slice(0, 2), checkpoint: formatNote({ text, signatures: signed }) }
    const body = formatAddCheckpoint(asked)
    assert.match(body, /^old 5\n[\w+/]+=\n[\w+/]+=\n\nlog\.example\/a\n300\n/)
    const read = parseAddCheckpoint(utf8(body))
    assert.deepEqual(read.ok && read.value, asked)
    for (const bad of [
      body.replace('old 5', 'old 05'),
      body.replace('old 5', 'new 5'),
      body.replace('old 5\n', ''),
      body.replace('=\n', '\n'),
      body.replace('old 5\n', `old 5\n${'A'.repeat(43)}=\n`.repeat(64)),
    ])
      assert.isFalse(parseAddCheckpoint(utf8(bad)).ok)
  })
})
