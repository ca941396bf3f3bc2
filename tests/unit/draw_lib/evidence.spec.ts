import { test } from '@japa/runner'
import { ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js'
import { canonicalJson } from '#lib/canonical_json'
import type { DrawEvidence } from '#lib/draw/evidence'
import type { OpenedPlace } from '#lib/draw/ledger_place'
import { verifyDrawEvidence, verifyDrawEvidenceText } from '#lib/draw/verify_evidence'
import { publicView } from '#lib/draw/public_view'
import { poolRoot } from '#lib/draw/pool'
import { rulesHash } from '#lib/draw/rules'
import { DEPARTURE_ENTRY_TYPE, UNFILLED_ENTRY_TYPE } from '#lib/draw/witness_protocol'
import { sha256, toBase64, utf8 } from '#lib/bytes'
import { KEY_TYPE, signerKey } from '#lib/tlog/keys'
import { COSIGNED_AT, LOG, WITNESS, type Signers } from '#tests/support/made_ledger'
import { candidatesOf, evidenceOf, proofsFor, TRUST, WORKED_EXAMPLE } from './support/fixtures.js'
import { SmallLog } from './support/small_log.js'

const HASH = toBase64(new Uint8Array(32))
const evidence = evidenceOf({ leaving: [3, 7, 11] })
const other = evidenceOf({ plan: { part: 'A-08' }, leaving: [3] })

/** Codes that fail once the change is made. */
function failing(change: (copy: any) => void, trust = TRUST): string[] {
  const copy = structuredClone(evidence) as DrawEvidence
  change(copy)
  return verifyDrawEvidence(copy, trust)
    .checks.filter(({ ok }) => !ok)
    .map(({ code }) => code)
}

/** Changes a line of a place's proof, or leaves it out. */
function inProof(place: any, line: number, text?: string): void {
  const lines = place.proof.split('\n')
  lines.splice(line, 1, ...(text === undefined ? [] : [text]))
  place.proof = lines.join('\n')
}

/** Of an entry behind that of the commit. */
function laterPlace(type: string, payload: OpenedPlace['payload'] = {}): OpenedPlace {
  const log = new SmallLog()
  for (let index = 0; index <= evidence.commit.index; index++) log.append('plan.submitted', {})
  return log.append(type, payload)
}

function firstFailing(change: (copy: any) => void): string | undefined {
  return failing(change)[0]
}

test.group('DRAW-9: evidence of a draw', () => {
  test('is genuine when nothing was changed', ({ assert }) => {
    const verification = verifyDrawEvidenceText(canonicalJson(evidence), TRUST)
    assert.equal(verification.verdict, 'genuine')
    assert.equal(verification.level, 'L2')
    assert.equal(verification.checks.filter(({ code }) => code === 'departure').length, 3)
  })

  test('never trusts the keys it carries', ({ assert }) => {
    const none = { serverVrfKeys: [], witnessVrfKeys: [], ledgerKeys: [] }
    assert.equal(verifyDrawEvidence(evidence, none).verdict, 'consistent_unknown_signer')
    const stranger = { ...TRUST, serverVrfKeys: TRUST.witnessVrfKeys }
    assert.deepEqual(
      failing(() => {}, stranger),
      ['server_key_trusted']
    )
    assert.equal(verifyDrawEvidence(evidence, stranger).verdict, 'consistent_unknown_signer')
  })

  test('says unreadable for what is no evidence', ({ assert }) => {
    for (const text of ['', '{}', 'null', '[]', `${canonicalJson(evidence)}\n`, '{"a":1,"a":2}']) {
      assert.equal(verifyDrawEvidenceText(text, TRUST).verdict, 'unreadable', text.slice(0, 20))
    }
    assert.equal(verifyDrawEvidence({ ...evidence, extra: 1 }, TRUST).verdict, 'unreadable')
    assert.equal(verifyDrawEvidence({ ...evidence, commit: 0.5 }, TRUST).verdict, 'unreadable')
  })

  test('finds a pool that was edited after the draw', ({ assert }) => {
    assert.equal(
      firstFailing((copy) => (copy.pool[4].excluded = 'interest')),
      'pool_root'
    )
    assert.equal(
      firstFailing((copy) => copy.pool.pop()),
      'pool_root'
    )
    // The root corrected too: the draw's own name no longer fits.
    const rerooted = (copy: any) => {
      copy.pool[4].excluded = 'interest'
      copy.poolRoot = poolRoot(copy.pool)
    }
    assert.equal(firstFailing(rerooted), 'draw_id')
  })

  test('finds a changed reason, a changed order and a doubled expert', ({ assert }) => {
    const out = evidence.pool.findIndex((leaf) => leaf.excluded !== null)
    assert.equal(
      firstFailing((copy) => (copy.pool[out].excluded = 'term_over')),
      'pool_root'
    )
    assert.equal(
      firstFailing((copy) => copy.pool.reverse()),
      'pool_order'
    )
    assert.equal(
      firstFailing((copy) => copy.pool.splice(1, 0, copy.pool[0])),
      'pool_order'
    )
  })

  test('refuses a spare field anywhere that is hashed', ({ assert }) => {
    assert.equal(
      firstFailing((copy) => (copy.pool[0].note = 'grind')),
      'pool_leaves'
    )
    assert.equal(
      firstFailing((copy) => (copy.rules.nonce = 1)),
      'rules_record'
    )
    assert.equal(
      firstFailing((copy) => (copy.plan.title = 'x')),
      'readable'
    )
    assert.equal(
      firstFailing((copy) => (copy.result.note = 'x')),
      'result'
    )
  })

  test('finds changed rules and a plan under another name', ({ assert }) => {
    assert.equal(
      firstFailing((copy) => (copy.rules.maxPerEmployer = 3)),
      'rules_hash'
    )
    const rehashed = (copy: any) => {
      copy.rules.maxPerEmployer = 3
      copy.rulesHash = rulesHash(copy.rules)
    }
    assert.equal(firstFailing(rehashed), 'draw_id')
    assert.equal(
      firstFailing((copy) => (copy.plan.part = 'A-09')),
      'plan_key'
    )
    assert.equal(
      firstFailing((copy) => (copy.plan.permit = `${copy.plan.permit} `)),
      'plan_identity'
    )
    assert.equal(
      firstFailing((copy) => (copy.plan.round = 2)),
      'plan_key'
    )
  })

  test('finds a withheld, forged or borrowed proof', ({ assert }) => {
    assert.equal(
      firstFailing((copy) => (copy.proofs.witness = null)),
      'witness_proof'
    )
    assert.equal(
      firstFailing((copy) => (copy.proofs.witness = copy.proofs.server)),
      'witness_proof'
    )
    assert.equal(
      firstFailing((copy) => (copy.proofs.server = other.proofs.server)),
      'server_proof'
    )
    const flip = (copy: any) => (copy.proofs.witness = `${copy.proofs.witness.slice(0, -2)}00`)
    assert.equal(firstFailing(flip), 'witness_proof')
  })

  test('refuses a key of small order and one key for both parties', ({ assert }) => {
    const small = (copy: any) => {
      copy.rules.witnessKey = ED25519_TORSION_SUBGROUP[1]
    }
    assert.equal(firstFailing(small), 'rules_hash')
    assert.include(failing(small), 'witness_proof')
    assert.equal(
      firstFailing((copy) => (copy.rules.witnessKey = copy.rules.serverKey)),
      'rules_record'
    )
  })

  test('refuses L1 where a witness is trusted, and marks it elsewhere', ({ assert }) => {
    const alone = evidenceOf({ rules: { level: 'L1', witnessKey: null } })
    const strict = verifyDrawEvidence(alone, TRUST)
    assert.equal(strict.verdict, 'not_genuine')
    assert.deepEqual(
      strict.checks.filter(({ ok }) => !ok).map(({ code }) => code),
      ['level']
    )
    const lone = verifyDrawEvidence(alone, { ...TRUST, witnessVrfKeys: [] })
    assert.equal(lone.verdict, 'genuine')
    assert.equal(lone.level, 'L1')
  })

  test('finds a changed result', ({ assert }) => {
    assert.equal(
      firstFailing((copy) => (copy.result.seats[2].id = 'E001')),
      'result'
    )
    assert.equal(
      firstFailing((copy) => (copy.result.offset = String(BigInt(copy.result.offset) + 1n))),
      'result'
    )
    assert.equal(
      firstFailing((copy) => (copy.defaultPanel = [1, 2, 3, 4, 10])),
      'default_panel'
    )
    assert.equal(
      firstFailing((copy) => (copy.openings[0].name = '别人')),
      'openings'
    )
  })

  test('finds refusals that stand in the log in another order than they are told', ({ assert }) => {
    const inOrder = verifyDrawEvidence(evidenceOf({ leaving: [3, 7] }), TRUST)
    assert.equal(inOrder.verdict, 'genuine')
    const { checks } = verifyDrawEvidence(evidenceOf({ leaving: [3, 7], loggedBackwards: true }), TRUST)
    assert.deepEqual(
      checks.filter(({ ok }) => !ok).map(({ code, detail }) => [code, detail]),
      [['departure_refusal_entry', '1']]
    )
  })

  test('finds one employer under several numbers, where the cap would not hold', ({ assert }) => {
    const split = candidatesOf(WORKED_EXAMPLE).map((one, i) =>
      i < 3 ? { ...one, employerId: `own-${i}` } : one
    )
    const { checks, verdict } = verifyDrawEvidence(evidenceOf({ candidates: split }), TRUST)
    assert.equal(verdict, 'not_genuine')
    assert.deepEqual(
      checks.filter(({ ok }) => !ok).map(({ code }) => code),
      ['openings']
    )
  })

  test('finds replacements that were replayed, skipped, reordered or spliced in', ({ assert }) => {
    const replayed = (copy: any) => (copy.departures[1].refusal = copy.departures[0].refusal)
    assert.equal(firstFailing(replayed), 'departure_refusal_reused')
    assert.equal(
      firstFailing((copy) => copy.departures.shift()),
      'departure_number'
    )
    assert.equal(
      firstFailing((copy) => (copy.departures[0].replacement = null)),
      'departure_refusal_entry'
    )
    const unfilled = (copy: any) =>
      Object.assign(copy.departures[0], { replacement: null, refusal: laterPlace(UNFILLED_ENTRY_TYPE) })
    assert.equal(firstFailing(unfilled), 'departure_replacement_missing')
    assert.equal(
      firstFailing((copy) => copy.departures.reverse()),
      'departure_seat_not_held'
    )
    const spliced = (copy: any) => {
      copy.departures = [{ ...other.departures[0], leaver: copy.departures[0].leaver }]
    }
    assert.equal(firstFailing(spliced), 'departure_input')
    const preferred = (copy: any) => (copy.departures[2].replacement.taken.id = 'E064')
    assert.equal(firstFailing(preferred), 'departure_taken')
    const proof = (copy: any) => (copy.departures[0].replacement.proofs = proofsFor('00'.repeat(32)))
    assert.equal(firstFailing(proof), 'departure_server_proof')
    const later = evidenceOf({ leaving: [3, 7, 11, 5] }).departures[3]!.refusal
    const twice = (copy: any) => copy.departures.push({ ...copy.departures[0], refusal: later })
    assert.equal(firstFailing(twice), 'departure_seat_not_held')
    const leaver = (copy: any) => (copy.departures[0].leaver = 'E064')
    assert.equal(firstFailing(leaver), 'departure_leaver')
  })

  test('finds a changed, borrowed or misplaced entry of the ledger', ({ assert }) => {
    for (const change of [
      (copy: any) => (copy.commit.at = '2026-03-12T01:12:00.000Z'),
      (copy: any) => (copy.commit.stream = 'review:another'),
      (copy: any) => (copy.commit.leafHash = '00'.repeat(32)),
      (copy: any) => (copy.commit.leaf = copy.commit.leaf.replace('draw.committed', 'draw.requested')),
      (copy: any) => (copy.commit.leaf = copy.commit.leaf.replace('{', '{ ')),
    ]) {
      assert.equal(firstFailing(change), 'commit_entry', String(change))
    }
    for (const change of [
      (copy: any) => (copy.commit.index += 1),
      (copy: any) => (copy.commit.index -= 1),
      (copy: any) => (copy.commit.proof = copy.departures[0].refusal.proof),
      (copy: any) => inProof(copy.commit, 2),
      (copy: any) => inProof(copy.commit, 2, `${HASH}\n${HASH}`),
      (copy: any) => inProof(copy.commit, 2, HASH),
      (copy: any) => inProof(copy.commit, 1, 'extra AAEC\nindex 3'),
      (copy: any) => inProof(copy.commit, 1, 'index 2'),
      (copy: any) => (copy.commit.proof = copy.commit.proof.replace('\n4\n', '\n5\n')),
      (copy: any) => (copy.commit.proof = copy.commit.proof.slice(0, -1)),
    ]) {
      assert.equal(firstFailing(change), 'commit_inclusion', String(change))
    }
    for (const change of [
      (copy: any) => (copy.commit.payload.poolRoot = '00'.repeat(32)),
      (copy: any) => (copy.commit.payload.more = 1),
      (copy: any) => (copy.commit.salt = '00'.repeat(32)),
      // Another draw's entry, whole in itself.
      (copy: any) => (copy.commit = other.commit),
    ]) {
      assert.equal(firstFailing(change), 'commit_payload', String(change))
    }
    for (const [code, change] of [
      ['departure_refusal_entry', (place: any) => (place.at = '2026-03-12T01:12:00.000Z')],
      ['departure_refusal_entry', (place: any) => Object.assign(place, evidence.commit)],
      ['departure_refusal_inclusion', (place: any) => (place.index += 2)],
      ['departure_refusal_inclusion', (place: any) => (place.proof = evidence.commit.proof)],
    ] as const) {
      assert.equal(
        firstFailing((copy) => change(copy.departures[0].refusal)),
        code
      )
    }
  })

  test('finds a checkpoint that the ledger did not sign, or the witness did not see', ({ assert }) => {
    const unsigned = (copy: any) => (copy.commit.proof = copy.commit.proof.replace(/\n— log\S+ \S+/, ''))
    assert.deepEqual(failing(unsigned), ['commit_checkpoint'])
    const unseen = (copy: any) => (copy.commit.proof = copy.commit.proof.replace(/\n— witness\S+ \S+/, ''))
    assert.deepEqual(failing(unseen), ['commit_checkpoint'])
    const later = (copy: any) => {
      for (const { refusal } of copy.departures)
        refusal.proof = refusal.proof.replace(/\n— witness\S+ \S+/, '')
    }
    assert.deepEqual(failing(later), ['departure_refusal_checkpoint'])
    const spoilt = (copy: any) => {
      const at = copy.commit.proof.indexOf('— witness') + 40
      copy.commit.proof = copy.commit.proof.replace(/(— witness\S+ .{30})./, (all: string, head: string) => {
        return head + (all.endsWith('A') ? 'B' : 'A')
      })
      assert.isAbove(at, 0)
    }
    assert.deepEqual(failing(spoilt), ['commit_checkpoint'])
  })

  test('finds places in a ledger of somebody else’s, whole in itself', ({ assert }) => {
    const log = signerKey(LOG.name, KEY_TYPE.ed25519, sha256(utf8('stranger')))
    const witness = signerKey(WITNESS.name, KEY_TYPE.cosignature, sha256(utf8('nobody')))
    const verdictOf = (signers: Signers) => verifyDrawEvidence(evidenceOf({ leaving: [3], signers }), TRUST)
    const codesOf = (signers: Signers) =>
      verdictOf(signers)
        .checks.filter(({ ok }) => !ok)
        .map(({ code }) => code)
    assert.deepEqual(codesOf({ log, witness: WITNESS }), [
      'commit_checkpoint',
      'departure_refusal_checkpoint',
    ])
    assert.deepEqual(codesOf({ log: LOG, witness }), ['commit_checkpoint', 'departure_refusal_checkpoint'])
    const elsewhere = signerKey('log.example/other', KEY_TYPE.ed25519, LOG.secretKey)
    assert.deepEqual(codesOf({ log: elsewhere, witness: WITNESS }), ['ledger_key_trusted'])
    const mixed = evidenceOf({ leaving: [3], signers: { log: elsewhere, witness: WITNESS } })
    const spliced = (copy: any) => (copy.departures = [mixed.departures[0]])
    assert.deepEqual(failing(spliced), ['departure_refusal_checkpoint'])
  })

  test('says which keys it does not know, and when the witness saw the draw frozen', ({ assert }) => {
    const without = (keys: typeof TRUST.ledgerKeys) => failing(() => {}, { ...TRUST, ledgerKeys: keys })
    assert.deepEqual(without([]), ['ledger_key_trusted', 'cosigner_key_trusted'])
    assert.deepEqual(without([LOG]), ['cosigner_key_trusted'])
    assert.deepEqual(without([WITNESS]), ['ledger_key_trusted'])
    const { checks } = verifyDrawEvidence(evidence, TRUST)
    const seen = checks.find(({ code }) => code === 'commit_checkpoint')
    assert.equal(seen?.detail, new Date(COSIGNED_AT * 1000).toISOString())
    const alone = evidenceOf({ rules: { level: 'L1', witnessKey: null } })
    const trust = { ...TRUST, witnessVrfKeys: [] }
    assert.equal(verifyDrawEvidence(alone, trust).verdict, 'genuine')
  })

  test('finds a departure told with the entry of another draw, seat or person', ({ assert }) => {
    const { refusal, seat, leaver } = evidence.departures[0]!
    const right = { drawId: evidence.drawId, seat, number: 1, leaver }
    const told = (payload: OpenedPlace['payload']) => (copy: any) =>
      (copy.departures[0].refusal = laterPlace(DEPARTURE_ENTRY_TYPE, payload))
    assert.deepEqual(failing(told(right)), [])
    for (const wrong of [{ drawId: other.drawId }, { seat: 4 }, { number: 2 }, { leaver: 'E999' }]) {
      assert.deepEqual(failing(told({ ...right, ...wrong })), ['departure_refusal_payload'])
    }
    const salted = (copy: any) => (copy.departures[0].refusal.salt = evidence.commit.salt)
    assert.deepEqual(failing(salted), ['departure_refusal_payload'])
    const spoken = (copy: any) => (copy.departures[0].refusal.payload.why = 'none')
    assert.deepEqual(failing(spoken), ['departure_refusal_payload'])
    assert.deepEqual(refusal.payload, right)
  })

  test('does not let a whole part of another genuine draw stand in', ({ assert }) => {
    for (const [part, detector] of [
      ['pool', 'pool_root'],
      ['plan', 'plan_key'],
      ['planKey', 'plan_key'],
      ['poolRoot', 'pool_root'],
      ['proofs', 'server_proof'],
      ['result', 'result'],
      ['drawId', 'draw_id'],
      ['commit', 'commit_payload'],
      ['departures', 'departure_leaver'],
    ] as const) {
      assert.equal(
        firstFailing((copy) => (copy[part] = other[part])),
        detector,
        part
      )
    }
    assert.deepEqual(evidence.rules, other.rules)
    assert.notEqual(evidence.drawId, other.drawId)
  })

  test('shows the public numbers and fingerprints only, until the meeting has ended', ({ assert }) => {
    const view = publicView(evidence)
    assert.lengthOf(view.seats, 13)
    assert.equal(view.eligible, 64)
    assert.deepEqual(view.excluded, [{ reason: 'interest', count: 5 }])
    const text = canonicalJson(view)
    for (const secret of [
      ...evidence.pool.map(({ id }) => `"${id}"`),
      evidence.proofs.server,
      '专家',
      '单位',
    ]) {
      assert.notInclude(text, secret)
    }
  })
})
