import { test } from '@japa/runner'
import { sha256, toHex, u32be, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { populationRoot, sampleInput, sampleSpotCheck, smallestTickets } from '#lib/draw/spot_check'
import { verifySpotCheck, verifySpotCheckText } from '#lib/draw/verify_spot_check'
import { KEY_TYPE, signerKey } from '#lib/tlog/keys'
import { must, proofsFor, seededRandom, shuffled, TRUST } from './support/fixtures.js'
import { IDS, KEYS, spotCheckEvidence } from './support/spot_check.js'

/** Σ (seen − expected)² / expected over all sets of two of five, against 9 degrees of freedom, six deviations up. */
function setsAreEven(runs: number, sampleOf: (run: number) => readonly string[]): boolean {
  const seen = new Map<string, number>()
  for (let run = 0; run < runs; run++) {
    const set = [...sampleOf(run)].sort().join()
    seen.set(set, (seen.get(set) ?? 0) + 1)
  }
  // Sets of another size, or of what is not there, are no sets of two.
  if (seen.size > 10) return false
  const expected = runs / 10
  let total = (10 - seen.size) * expected
  for (const count of seen.values()) total += (count - expected) ** 2 / expected
  return total < 9 + 6 * Math.sqrt(18)
}

test.group('SUP-1: every set is as likely as another', () => {
  const ids = IDS.slice(0, 5)
  const runs = 10_000

  test('by the smallest tickets', ({ assert }) => {
    const sample = (run: number) => smallestTickets(sha256(u32be(run)), ids, 2).map(({ id }) => id)
    assert.isTrue(setsAreEven(runs, sample))
  })

  test('and the same check catches known-bad samples', ({ assert }) => {
    const random = seededRandom('samples')
    const mutants: Record<string, () => string[]> = {
      'sort by a coin': () => [...ids].sort(() => random(1000) - 499.5).slice(0, 2),
      'a hex digit modulo n': () => {
        const left = [...ids]
        return Array.from({ length: 2 }, () => left.splice(random(16) % left.length, 1)[0]!)
      },
      'the naive swap': () => {
        const list = [...ids]
        for (let i = 0; i < list.length; i++) {
          const j = random(list.length)
          ;[list[i], list[j]] = [list[j]!, list[i]!]
        }
        return list.slice(0, 2)
      },
      'each with its chance': () => ids.filter(() => random(5) < 2),
      'the first and a neighbour': () => {
        const first = random(5)
        return [ids[first]!, ids[(first + 1) % 5]!]
      },
    }
    for (const [name, sample] of Object.entries(mutants)) assert.isFalse(setsAreEven(runs, sample), name)
    const fair = () => shuffled(ids, random).slice(0, 2)
    assert.isTrue(setsAreEven(runs, fair), 'a fair sample passes')
  })

  test('neither order nor doublets of the list change root or sample', ({ assert }) => {
    const random = seededRandom('orders')
    const proofs = proofsFor(sampleInput({ occasion: 'X', count: 4, root: populationRoot(IDS) }))
    const once = must(sampleSpotCheck({ occasion: 'X', ids: IDS, count: 4 }, KEYS, proofs))
    for (let run = 0; run < 5; run++) {
      const mixed = [...shuffled(IDS, random), IDS[random(IDS.length)]!]
      assert.equal(populationRoot(mixed), populationRoot(IDS))
      assert.deepEqual(must(sampleSpotCheck({ occasion: 'X', ids: mixed, count: 4 }, KEYS, proofs)), once)
    }
  })
})

type Change = (evidence: any) => void
const OTHER = toHex(sha256(utf8('other')))

const ALTERED: readonly [string, Change, string][] = [
  ['a review left out of the list', (e) => e.population.pop(), 'sample_root'],
  ['a review slipped into the list', (e) => e.population.push('LZ-2026-0099'), 'sample_root'],
  ['a review exchanged', (e) => (e.population[0] = 'LZ-2026-0001'), 'sample_root'],
  ['the list out of order', (e) => e.population.reverse(), 'sample_population'],
  ['a review twice', (e) => e.population.splice(1, 0, e.population[0]), 'sample_population'],
  ['fewer than were asked for', (e) => (e.population = e.population.slice(0, 2)), 'sample_population'],
  ['another root', (e) => (e.root = OTHER), 'sample_root'],
  ['another occasion', (e) => (e.occasion = '2027-Q1'), 'sample_input'],
  ['an occasion spelt otherwise', (e) => (e.occasion = '2026-q4论证抽查'), 'sample_occasion'],
  ['more of them', (e) => (e.count = 4), 'sample_input'],
  ['another input', (e) => (e.input = OTHER), 'sample_input'],
  ['another scope', (e) => (e.scope.to = '2026-12-30'), 'sample_commit_scope'],
  [
    'an entry of another kind',
    (e) => (e.commit.leaf = e.commit.leaf.replace('spot_check', 'draw')),
    'sample_commit_entry',
  ],
  ['an entry at another time', (e) => (e.commit.at = '2026-01-01T00:00:00.000Z'), 'sample_commit_entry'],
  ['another place in the log', (e) => (e.commit.index = 0), 'sample_commit_inclusion'],
  [
    'another log',
    (e) => (e.commit.proof = e.commit.proof.replace(/^[^\n]+=$/m, `${'A'.repeat(43)}=`)),
    'sample_commit_inclusion',
  ],
  ['another payload', (e) => (e.commit.payload.count = 9), 'sample_commit_payload'],
  ['another salt', (e) => (e.commit.salt = OTHER), 'sample_commit_payload'],
  [
    "the witness's proof withheld for the server's",
    (e) => (e.proofs.witness = e.proofs.server),
    'sample_witness_proof',
  ],
  ['a forged proof of the server', (e) => (e.proofs.server = '00'.repeat(80)), 'sample_server_proof'],
  ['one proof for another', (e) => (e.proofs.server = e.proofs.witness), 'sample_server_proof'],
  [
    'other keys than those committed to',
    (e) => (e.keys = { server: e.keys.witness, witness: e.keys.server }),
    'sample_commit_payload',
  ],
  [
    'one review of the sample exchanged',
    (e) => (e.taken[0].id = e.population.find((id: string) => !e.taken.some((t: any) => t.id === id))),
    'sample_result',
  ],
  ['the sample in another order', (e) => e.taken.reverse(), 'sample_result'],
  ['one left out of the sample', (e) => e.taken.pop(), 'sample_result'],
  ['another ticket', (e) => (e.taken[0].ticket = OTHER), 'sample_result'],
]

const OTHER_LOG = signerKey('nobody.example', KEY_TYPE.ed25519, sha256(utf8('nobody')))

test.group('SUP-1: evidence of a spot check', () => {
  const evidence = spotCheckEvidence()
  const failed = (value: unknown) =>
    verifySpotCheck(value, TRUST)
      .checks.filter(({ ok }) => !ok)
      .map(({ code }) => code)

  test('is genuine, by pinned keys alone', ({ assert }) => {
    assert.deepEqual(failed(evidence), [])
    assert.equal(verifySpotCheckText(canonicalJson(evidence as never), TRUST).verdict, 'genuine')
    const nobody = verifySpotCheck(evidence, { serverVrfKeys: [], witnessVrfKeys: [], ledgerKeys: [] })
    assert.equal(nobody.verdict, 'consistent_unknown_signer')
  })

  test('is not, once {name}')
    .with(ALTERED.map(([name, change, code]) => ({ name, change, code })))
    .run(({ assert }, { change, code }) => {
      const altered = JSON.parse(JSON.stringify(evidence)) as unknown
      change(altered)
      assert.notEqual(canonicalJson(altered as never), canonicalJson(evidence as never))
      assert.equal(verifySpotCheck(altered, TRUST).verdict, 'not_genuine')
      assert.equal(failed(altered)[0], code)
    })

  test('in a log that nobody signed, or the witness has not seen, is not genuine, nor by an unknown log', ({
    assert,
  }) => {
    const other = (_: string, before: string, one: string) => `${before}${one === 'A' ? 'B' : 'A'}`
    const unsigned = (e: any) => (e.commit.proof = e.commit.proof.replace(/(— log\S+ \S{20})(\S)/, other))
    const unseen = (e: any) => (e.commit.proof = e.commit.proof.replace(/\n— witness\S+ \S+/, ''))
    for (const change of [unsigned, unseen]) {
      const altered = structuredClone(evidence)
      change(altered)
      assert.notEqual(altered.commit.proof, evidence.commit.proof)
      assert.deepEqual(failed(altered), ['sample_commit_checkpoint'])
    }
    const invented = spotCheckEvidence({ signers: { log: OTHER_LOG, witness: null } })
    const { verdict, checks } = verifySpotCheck(invented, TRUST)
    assert.equal(verdict, 'consistent_unknown_signer')
    assert.deepEqual(
      checks.filter(({ ok }) => !ok).map(({ code }) => code),
      ['sample_ledger_key_trusted']
    )
  })

  test('of another spot check does not fit in part', ({ assert }) => {
    const other = spotCheckEvidence({ occasion: '2027-Q1' })
    assert.deepEqual(failed(other), [])
    for (const field of ['proofs', 'taken', 'commit', 'input'] as const) {
      assert.isNotEmpty(failed({ ...evidence, [field]: other[field] }), field)
    }
  })

  test('that can not be read is unreadable', ({ assert }) => {
    for (const text of [
      '',
      '{}',
      canonicalJson({ ...evidence, spare: 1 } as never),
      JSON.stringify(evidence, null, 1),
    ]) {
      assert.equal(verifySpotCheckText(text, TRUST).verdict, 'unreadable')
    }
    assert.equal(
      verifySpotCheck({ ...evidence, proofs: { server: 'x', witness: null } }, TRUST).verdict,
      'unreadable'
    )
  })
})
