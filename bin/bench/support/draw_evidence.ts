import { must } from '#bin/bench/support/must'
import { fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson, type Json } from '#lib/canonical_json'
import { completeDraw, prepareDraw, type FrozenDraw } from '#lib/draw/draw'
import { EVIDENCE_FORMAT, type DrawEvidence } from '#lib/draw/evidence'
import type { OpenedPlace } from '#lib/draw/ledger_place'
import { defaultPanel } from '#lib/draw/panel'
import type { PlanIdentity } from '#lib/draw/plan_key'
import type { IdentityOpening } from '#lib/draw/salts'
import { COMMIT_ENTRY_TYPE } from '#lib/draw/witness_protocol'
import { inclusionProof, leafHash, merkleRoot } from '#lib/merkle'
import { formatCheckpoint } from '#lib/tlog/checkpoint'
import { KEY_TYPE, signerKey } from '#lib/tlog/keys'
import { formatNote } from '#lib/tlog/note'
import { formatProof } from '#lib/tlog/proof'
import { cosignNote, signNote } from '#lib/tlog/sign_note'
import { vrfProve, vrfPublicKey } from '#lib/vrf'

const secret = (name: string) => sha256(utf8(`trial ${name}`))
/** Both parties' keys in one process: for measuring and trying out alone. */
export const SECRETS = { server: secret('server'), witness: secret('witness'), salt: secret('salt') }
const LOG = signerKey('trial.invalid/log', KEY_TYPE.ed25519, secret('log'))
const COSIGNER = signerKey('trial.invalid/witness', KEY_TYPE.cosignature, secret('cosigner'))
export const TRUST = {
  serverVrfKeys: [toHex(vrfPublicKey(SECRETS.server))],
  witnessVrfKeys: [toHex(vrfPublicKey(SECRETS.witness))],
  ledgerKeys: [LOG, COSIGNER],
}

/** A frozen draw performed with `SECRETS`, and all that recomputes it. */
export function drawnEvidence(
  plan: PlanIdentity,
  draw: FrozenDraw,
  openings: readonly IdentityOpening[]
): DrawEvidence {
  const prepared = must('freeze', prepareDraw(draw))
  const { drawId, rulesHash, poolRoot } = prepared
  const commit = committed({ drawId, planKey: draw.planKey, round: draw.round, rulesHash, poolRoot })
  const prove = (key: Uint8Array) => toHex(vrfProve(key, fromHex(drawId)))
  const proofs = { server: prove(SECRETS.server), witness: prove(SECRETS.witness) }
  const { result } = must('draw', completeDraw(draw, prepared, proofs))
  return {
    format: EVIDENCE_FORMAT,
    plan,
    planKey: draw.planKey,
    rules: draw.rules,
    rulesHash,
    pool: draw.leaves,
    poolRoot,
    drawId,
    proofs,
    commit,
    result,
    defaultPanel: defaultPanel(result.seats, draw.rules),
    departures: [],
    openings,
  }
}

/** The commit entry after three others, in a ledger of four. */
function committed(payload: { readonly [field: string]: Json }): OpenedPlace {
  const index = 3
  const before = [0, 1, 2].map((n) => leafHash(utf8(`entry ${n}`)))
  const stream = 'review:00000000-0000-7000-8000-000000000001'
  const at = '2026-03-13T01:12:00.000Z'
  const salt = toHex(secret('entry'))
  const commit = toHex(sha256(fromHex(salt), utf8(canonicalJson(payload))))
  const prev = toHex(before[2]!)
  const leaf = canonicalJson({ v: 1, stream, seq: index, prev, type: COMMIT_ENTRY_TYPE, at, commit })
  const hashes = [...before, leafHash(utf8(leaf))]
  return {
    index,
    stream,
    at,
    leaf,
    leafHash: toHex(hashes[index]!),
    proof: formatProof({ index, path: inclusionProof(hashes, index), checkpoint: checkpointOf(hashes) }),
    salt,
    payload,
  }
}

function checkpointOf(hashes: readonly Uint8Array[]): string {
  const text = formatCheckpoint({ origin: LOG.name, size: hashes.length, root: merkleRoot(hashes) })
  return formatNote({ text, signatures: [signNote(LOG, text), cosignNote(COSIGNER, text, 1_773_364_320)] })
}
