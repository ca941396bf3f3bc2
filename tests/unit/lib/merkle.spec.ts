import { test } from '@japa/runner'
import { fromHex, sha256, toHex, u32be } from '#lib/bytes'
import {
  appendLeaf,
  consistencyProof,
  EMPTY_FRONTIER,
  inclusionProof,
  inclusionRanges,
  leafHash,
  merkleRoot,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '#lib/merkle'

/** Entries and roots of the Certificate Transparency reference implementation. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

function leavesOf(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(u32be(i)))
}

test.group('Merkle tree', () => {
  test('has the roots of the reference implementation, for 0 to 8 leaves', ({ assert }) => {
    const leaves = ENTRIES.map((entry) => leafHash(fromHex(entry)))
    let frontier = EMPTY_FRONTIER
    ROOTS.forEach((root, size) => {
      assert.equal(toHex(merkleRoot(leaves.slice(0, size))), root)
      assert.equal(toHex(rootOf(frontier)), root)
      if (size < leaves.length) frontier = appendLeaf(frontier, leaves[size]!)
    })
  })

  test('appends to a frontier as if the whole tree were built, and the frontier survives JSON', ({
    assert,
  }) => {
    const leaves = leavesOf(70)
    let frontier = EMPTY_FRONTIER
    leaves.forEach((leaf, i) => {
      frontier = appendLeaf(JSON.parse(JSON.stringify(frontier)), leaf)
      assert.equal(toHex(rootOf(frontier)), toHex(merkleRoot(leaves.slice(0, i + 1))))
    })
    assert.equal(frontier.nodes.length, 3)
  })

  test('proves every leaf of every size, and nothing else', ({ assert }) => {
    for (let size = 1; size <= 33; size++) {
      const leaves = leavesOf(size)
      const root = merkleRoot(leaves)
      for (let index = 0; index < size; index++) {
        const claim = { index, size, leaf: leaves[index]!, proof: inclusionProof(leaves, index), root }
        assert.isTrue(verifyInclusion(claim))
        assert.equal(inclusionRanges(index, size).length, claim.proof.length)
        assert.isFalse(verifyInclusion({ ...claim, index: index + 1 }))
        assert.isFalse(verifyInclusion({ ...claim, index: size }))
        assert.isFalse(verifyInclusion({ ...claim, index: -1 }))
        assert.isFalse(verifyInclusion({ ...claim, proof: [...claim.proof, root] }))
        assert.isFalse(verifyInclusion({ ...claim, leaf: sha256(claim.leaf) }))
        if (size > 1) assert.isFalse(verifyInclusion({ ...claim, proof: claim.proof.slice(0, -1) }))
      }
    }
  })

  test('proves that a longer log extends a shorter one, and nothing else', ({ assert }) => {
    const leaves = leavesOf(33)
    for (let second = 0; second <= 33; second++) {
      for (let first = 0; first <= second; first++) {
        const newer = leaves.slice(0, second)
        const claim = {
          first,
          second,
          firstRoot: merkleRoot(leaves.slice(0, first)),
          secondRoot: merkleRoot(newer),
          proof: consistencyProof(newer, first),
        }
        assert.isTrue(verifyConsistency(claim), `${first} → ${second}`)
        assert.isFalse(verifyConsistency({ ...claim, proof: [...claim.proof, claim.firstRoot] }))
        assert.isFalse(verifyConsistency({ ...claim, firstRoot: sha256(claim.firstRoot) }))
        if (first > 0) assert.isFalse(verifyConsistency({ ...claim, secondRoot: sha256(claim.secondRoot) }))
        if (first < second) assert.isFalse(verifyConsistency({ ...claim, first: second, second: first }))
        if (claim.proof.length > 0) {
          assert.isFalse(verifyConsistency({ ...claim, proof: claim.proof.slice(1) }))
          assert.isFalse(verifyConsistency({ ...claim, proof: claim.proof.slice(0, -1) }))
        }
      }
    }
  })

  test('refuses a proof too long even where roots were made to fit it', ({ assert }) => {
    const [a, b, c, d] = leavesOf(4) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    assert.isFalse(verifyInclusion({ index: 0, size: 1, leaf: a, proof: [b], root: nodeHash(b, a) }))
    const x = sha256(a)
    const ab = nodeHash(a, b)
    const claim = {
      first: 3,
      second: 4,
      firstRoot: nodeHash(x, nodeHash(ab, c)),
      secondRoot: nodeHash(x, nodeHash(ab, nodeHash(c, d))),
      proof: [c, d, ab, x],
    }
    assert.isFalse(verifyConsistency(claim))
  })

  test('does not take an inner node for a leaf, nor an odd leaf doubled', ({ assert }) => {
    const [a, b, c] = leavesOf(3) as [Uint8Array, Uint8Array, Uint8Array]
    assert.notEqual(toHex(merkleRoot([nodeHash(a, b), c])), toHex(merkleRoot([leafHash(nodeHash(a, b)), c])))
    assert.notEqual(toHex(merkleRoot([a, b, c])), toHex(merkleRoot([a, b, c, c])))
    const root = merkleRoot([a, b, c])
    assert.isFalse(
      verifyInclusion({ index: 0, size: 3, leaf: a.slice(1), proof: inclusionProof([a, b, c], 0), root })
    )
  })
})
