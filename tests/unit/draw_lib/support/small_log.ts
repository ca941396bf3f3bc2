import { fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson, type Json } from '#lib/canonical_json'
import type { OpenedPlace } from '#lib/draw/ledger_place'
import { inclusionProof, leafHash, merkleRoot } from '#lib/merkle'
import { formatProof } from '#lib/tlog/proof'
import { checkpointOf, LOG, WITNESS, type Signers } from '#tests/support/made_ledger'

const STREAM = 'review:00000000-0000-7000-8000-000000000001'

/** A ledger of its own for evidence in tests: entries as the application writes them, salts that repeat. */
export class SmallLog {
  readonly #hashes: Uint8Array[] = []
  readonly #signers: Signers

  constructor(signers: Signers = { log: LOG, witness: WITNESS }) {
    this.#signers = signers
  }

  append(type: string, payload: { readonly [field: string]: Json }): OpenedPlace {
    const index = this.#hashes.length
    const salt = toHex(sha256(utf8(`salt ${index}`)))
    const at = new Date(Date.UTC(2026, 2, 13, 1, 12, index)).toISOString()
    const commit = toHex(sha256(fromHex(salt), utf8(canonicalJson(payload))))
    const prev = index === 0 ? '0'.repeat(64) : toHex(this.#hashes[index - 1]!)
    const leaf = canonicalJson({ v: 1, stream: STREAM, seq: index, prev, type, at, commit })
    this.#hashes.push(leafHash(utf8(leaf)))
    return {
      index,
      stream: STREAM,
      at,
      leaf,
      leafHash: toHex(this.#hashes[index]!),
      proof: formatProof({
        index,
        path: inclusionProof(this.#hashes, index),
        checkpoint: new TextDecoder().decode(
          checkpointOf(index + 1, merkleRoot(this.#hashes), this.#signers)
        ),
      }),
      salt,
      payload,
    }
  }
}
