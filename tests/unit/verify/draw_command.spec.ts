import { test } from '@japa/runner'
import { canonicalJson } from '#lib/canonical_json'
import type { DrawEvidence } from '#lib/draw/evidence'
import { poolRoot } from '#lib/draw/pool'
import { rulesHash } from '#lib/draw/rules'
import { formatVerifierKey, KEY_TYPE, signerKey } from '#lib/tlog/keys'
import { evidenceOf, proofsFor, TRUST } from '#tests/unit/draw_lib/support/fixtures'
import { failed, folder, said, verify, writeAll, type Folder, type Said } from './support/command.ts'

const evidence = evidenceOf({ leaving: [3, 7, 11] })
const other = evidenceOf({ plan: { part: 'A-08' }, leaving: [3] })
/** Whole evidence of a draw that the server made alone, where a witness is due. */
const alone = evidenceOf({ rules: { level: 'L1', witnessKey: null } })
const ZEROS = '00'.repeat(32)
const UNKNOWN = ['server_key_trusted', 'witness_key_trusted', 'ledger_key_trusted', 'cosigner_key_trusted']
const HASH = `${'A'.repeat(43)}=`

type Copy = any
const eligible = evidence.pool.findIndex(({ excluded }) => excluded === null)
const excluded = evidence.pool.findIndex((leaf) => leaf.excluded !== null)

/** What follows where another pool or round gives other ten. */
const REDRAWN = ['result', 'default_panel', 'departure_leaver']

/** Name, change, and all codes that the command may name, in their order. */
const ALTERED: [string, (copy: Copy) => unknown, string[]][] = [
  ["an expert's specialty", (e) => (e.pool[eligible].specialty = 'LIFT'), ['pool_root']],
  ["an expert's employer", (e) => (e.pool[eligible].employer = 1), ['pool_root', 'openings', ...REDRAWN]],
  ['a reason of exclusion', (e) => (e.pool[excluded].excluded = 'term_over'), ['pool_root']],
  ['an expert excluded', (e) => (e.pool[4].excluded = 'interest'), ['pool_root', ...REDRAWN]],
  ['an expert let in', (e) => (e.pool[excluded].excluded = null), ['pool_root', ...REDRAWN]],
  ['an expert left out (n)', (e) => e.pool.pop(), ['pool_root']],
  ['an expert twice', (e) => e.pool.splice(1, 0, e.pool[0]), ['pool_order']],
  ['the order of the pool', (e) => e.pool.reverse(), ['pool_order']],
  ['a spare field in the pool', (e) => (e.pool[0].note = 'x'), ['pool_leaves']],
  [
    'the pool with its root',
    (e) => {
      e.pool[4].excluded = 'interest'
      e.poolRoot = poolRoot(e.pool)
    },
    ['draw_id', 'commit_payload', ...REDRAWN],
  ],
  [
    'the name of the draw',
    (e) => (e.drawId = other.drawId),
    ['draw_id', 'commit_payload', 'server_proof', 'witness_proof', 'result'],
  ],
  ["the server's random number", (e) => (e.proofs.server = other.proofs.server), ['server_proof', 'result']],
  [
    "the witness's random number",
    (e) => (e.proofs.witness = other.proofs.witness),
    ['witness_proof', 'result'],
  ],
  [
    "both parties' exchanged",
    (e) => (e.proofs = { server: e.proofs.witness, witness: e.proofs.server }),
    ['server_proof', 'witness_proof', 'result'],
  ],
  [
    'the whole entropy of another draw',
    (e) => (e.proofs = other.proofs),
    ['server_proof', 'witness_proof', 'result'],
  ],
  ["the witness's withheld", (e) => (e.proofs.witness = null), ['witness_proof', 'result']],
  [
    'another witness',
    (e) => (e.rules.witnessKey = other.drawId),
    ['rules_hash', 'witness_proof', 'result', 'witness_key_trusted'],
  ],
  ['one party for both', (e) => (e.rules.witnessKey = e.rules.serverKey), ['rules_record']],
  ['the cap of an employer', (e) => (e.rules.maxPerEmployer = 3), ['rules_hash']],
  [
    'the rules with their fingerprint',
    (e) => {
      e.rules.maxPerEmployer = 3
      e.rulesHash = rulesHash(e.rules)
    },
    ['draw_id', 'commit_payload'],
  ],
  ['the part of the works', (e) => (e.plan.part = 'A-09'), ['plan_key']],
  [
    'the round',
    (e) => (e.plan.round = 2),
    ['plan_key', 'draw_id', 'commit_payload', 'round_before_entry', ...REDRAWN],
  ],
  ['a permit with a blank', (e) => (e.plan.permit += ' '), ['plan_identity']],
  ['one of the ten', (e) => (e.result.seats[2].id = 'E001'), ['result']],
  ['the order of the tickets', (e) => e.result.seats.reverse(), ['result']],
  ['a ticket', (e) => (e.result.seats[0].ticket = ZEROS), ['result']],
  ['nine instead of ten', (e) => e.result.seats.pop(), ['result']],
  ['the weights', (e) => (e.result.denominator = '1'), ['result']],
  ['the start', (e) => (e.result.offset = '0'), ['result']],
  ['how many sets were possible', (e) => (e.result.possibleSets = '1'), ['result']],
  ['the first five', (e) => (e.defaultPanel = [1, 2, 3, 4, 10]), ['default_panel']],
  ['an opened name', (e) => (e.openings[0].name = '别人'), ['openings']],
  ['when the ledger took the commit', (e) => (e.commit.at = '2026-03-12T01:12:00.000Z'), ['commit_entry']],
  [
    "the ledger's entry",
    (e) => (e.commit.leaf = e.commit.leaf.replace('committed', 'requested')),
    ['commit_entry'],
  ],
  [
    "the ledger's path",
    (e) => (e.commit.proof = e.commit.proof.replace(/\n\S{44}\n/, `\n${HASH}\n`)),
    ['commit_inclusion'],
  ],
  [
    "the ledger's root",
    (e) => (e.commit.proof = e.commit.proof.replace(/(\n4\n)\S{44}/, `$1${HASH}`)),
    ['commit_inclusion', 'commit_checkpoint'],
  ],
  [
    "the witness's cosignature",
    (e) => (e.commit.proof = e.commit.proof.replace(/\n— witness\S+ \S+/, '')),
    ['commit_checkpoint'],
  ],
  ['the place in the ledger', (e) => (e.commit.index += 1), ['commit_inclusion']],
  ["the ledger's entry of another draw", (e) => (e.commit = other.commit), ['commit_payload']],
  ['what the ledger says of the pool', (e) => (e.commit.payload.poolRoot = ZEROS), ['commit_payload']],
  ['a replacement', (e) => (e.departures[2].replacement.taken.id = 'E064'), ['departure_taken']],
  [
    'the entropy of a replacement',
    (e) => (e.departures[0].replacement.proofs = proofsFor(ZEROS)),
    ['departure_server_proof'],
  ],
  ['a departure left out', (e) => e.departures.shift(), ['departure_number']],
  ['the order of departures', (e) => e.departures.reverse(), ['departure_seat_not_held']],
  ['who left', (e) => (e.departures[0].leaver = 'E064'), ['departure_leaver']],
  [
    'a refusal used twice',
    (e) => (e.departures[1].refusal = e.departures[0].refusal),
    ['departure_refusal_reused'],
  ],
  [
    "the ledger's entry of a refusal",
    (e) => (e.departures[0].refusal.leafHash = ZEROS),
    ['departure_refusal_entry'],
  ],
  [
    "the ledger's path of a refusal",
    (e) => (e.departures[0].refusal.proof = e.commit.proof),
    ['departure_refusal_inclusion'],
  ],
  ['a draw by the server alone', (e) => Object.assign(e, alone), ['level']],
]

const UNREADABLE: Record<string, string> = {
  'blank.json': `${canonicalJson(evidence)}\n`,
  'twice.json': '{"a":1,"a":2}',
  'cut.json': canonicalJson(evidence).slice(0, -10),
  'field.json': canonicalJson({ ...evidence, note: 1 }),
  'format.json': canonicalJson({ ...evidence, format: 'lunzheng-draw-evidence/2' }),
  'proof.json': canonicalJson({ ...evidence, proofs: { server: 'x', witness: null } }),
  'number.json': JSON.stringify({ ...evidence, drawId: 0.5 }),
}

function altered(change: (copy: Copy) => unknown): string {
  const copy = structuredClone(evidence) as DrawEvidence
  change(copy)
  return canonicalJson(copy)
}

test.group('npm run verify: evidence of a draw', (group) => {
  let place: Folder
  let results: Map<string, Said>
  const fileOf = (index: number) => `${String(index).padStart(2, '0')}.json`
  const pin = (party: string, vrfKey: string) => JSON.stringify({ party, vrfKey })
  const [server, witness] = [TRUST.serverVrfKeys[0]!, TRUST.witnessVrfKeys[0]!]

  group.setup(() => {
    place = folder()
    writeAll(place.path('trust'), {
      'server.json': pin('server', server),
      'witness.json': pin('witness', witness),
      'ledger.vkey': TRUST.ledgerKeys.map((key) => `${formatVerifierKey(key)}\n`).join(''),
    })
    writeAll(place.path('strange'), {
      'ledger.vkey': `${formatVerifierKey(signerKey('another.example', KEY_TYPE.ed25519, new Uint8Array(32)))}\n`,
      'server.json': pin('server', witness),
      'witness.json': pin('witness', server),
    })
    writeAll(place.path('none'), {})
    writeAll(place.path('.'), { 'evidence.json': canonicalJson(evidence) })
    writeAll(place.path('unreadable'), UNREADABLE)
    writeAll(
      place.path('altered'),
      Object.fromEntries(ALTERED.map(([, change], index) => [fileOf(index), altered(change)]))
    )
    const ended = verify([place.path('altered'), '--trust', place.path('trust'), '--json'])
    const { exit, results: all } = said(ended)
    if (ended.exit !== 1 || exit !== 1) throw new Error(`exit ${ended.exit}: ${ended.err}`)
    results = all
  })
  group.teardown(() => place.remove())

  test('DRAW-9: genuine evidence: 0', ({ assert }) => {
    const ended = verify([place.path('evidence.json'), '--trust', place.path('trust'), '--json'])
    const result = said(ended).results.get('evidence.json')!
    assert.deepEqual([ended.exit, result.verdict, failed(result)], [0, 'genuine', []])
  })

  test('at least forty alterations, and none of them is the evidence', ({ assert }) => {
    assert.isAtLeast(ALTERED.length, 40)
    assert.equal(results.size, ALTERED.length)
    for (const [name, change] of ALTERED) assert.notEqual(altered(change), canonicalJson(evidence), name)
  })

  test('DRAW-9: not genuine, with the reason: {name}')
    .with(ALTERED.map(([name], index) => ({ name, index })))
    .run(({ assert }, { index }) => {
      const result = results.get(fileOf(index))!
      assert.deepEqual([result.verdict, failed(result)], ['not_genuine', ALTERED[index]![2]])
      for (const { ok, reason } of result.steps) {
        assert.equal(reason === null, ok)
        if (reason) assert.match(reason.zh, /[一-鿿]/)
        if (reason) assert.match(reason.en, /^[^一-鿿]{8,}$/)
      }
    })

  test('what is no evidence is unreadable: 2', ({ assert }) => {
    const ended = verify([place.path('unreadable'), '--trust', place.path('trust'), '--json'])
    assert.equal(ended.exit, 2)
    for (const [name, result] of said(ended).results)
      assert.deepEqual([result.verdict, failed(result)], ['unreadable', ['readable']], name)
    assert.equal(said(ended).results.size, Object.keys(UNREADABLE).length)
  })

  test('without keys, or by other keys: consistent, signer unknown, 1', ({ assert }) => {
    for (const trust of ['none', 'strange']) {
      const ended = verify([place.path('evidence.json'), '--trust', place.path(trust), '--json'])
      const result = said(ended).results.get('evidence.json')!
      assert.deepEqual(
        [ended.exit, result.verdict, failed(result)],
        [1, 'consistent_unknown_signer', UNKNOWN]
      )
    }
    const words = verify([place.path('evidence.json'), '--trust', place.path('none'), '--lang', 'en'])
    assert.match(words.out.trimEnd().split('\n').at(-1)!, /^ {2}Consistent, signer unknown/)
  })
})
