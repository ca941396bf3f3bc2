import { readFileSync, writeFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { performDraw } from '#lib/draw/draw'
import { drawSeed, partyOutput, replacementSeed } from '#lib/draw/entropy'
import type { DrawEvidence } from '#lib/draw/evidence'
import { inspectSalts } from '#lib/draw/inspect_salts'
import { drawSaltKey, employerSortKey, saltKeyCommitment } from '#lib/draw/salts'
import { employerTicket, ticketOf } from '#lib/draw/ticket'
import { uniformBelow } from '#lib/draw/uniform'
import { verifyDrawEvidence } from '#lib/draw/verify_evidence'
import { evidenceOf, must, SALT_KEY, SERVER_SECRET, TRUST, WITNESS_SECRET } from './support/fixtures.js'

const FILE = new URL('./vectors.json', import.meta.url)

/** The vectors that `docs/draw/SPEC.md` refers to. `WRITE_VECTORS=1` writes the file anew. */
function vectors() {
  const seed = sha256(utf8('test'))
  const bounds = [1n, 2n, 200n, 256n, 257n, 5_354_228_880n, 2n ** 256n + 1n]
  return {
    seed: toHex(seed),
    tickets: [
      [0, 0, 'E001'],
      [1, 0, 'E001'],
      [1, 3, 'E001'],
      [1, 0, '专家-①'],
    ].map(([round, replacement, id]) => {
      const ticket = toHex(ticketOf(seed, round as number, replacement as number, id as string))
      return { round, replacement, id, ticket }
    }),
    employerTicket: { round: 1, employer: 7, ticket: toHex(employerTicket(seed, 1, 7)) },
    uniform: bounds.map((bound) => {
      return { round: 1, bound: String(bound), value: String(uniformBelow(seed, 1, bound)) }
    }),
    saltKey: toHex(SALT_KEY),
    saltKeyCommitment: saltKeyCommitment(SALT_KEY),
    serverSecret: toHex(SERVER_SECRET),
    witnessSecret: toHex(WITNESS_SECRET),
    draws: [
      drawVector(evidenceOf({ leaving: [3, 7, 11] })),
      drawVector(
        evidenceOf({ sizes: [9, 7, 6, 5, 4, 3, 1], plan: { round: 2 }, rules: { maxPerEmployer: 2 } })
      ),
      drawVector(evidenceOf({ sizes: Array<number>(25).fill(1), rules: { level: 'L1', witnessKey: null } })),
    ],
  }
}

function drawVector(evidence: DrawEvidence) {
  const { planKey, plan, rules, pool: leaves, proofs, drawId } = evidence
  const { ruler } = must(performDraw({ planKey, round: plan.round, rules, leaves }, proofs))
  const key = drawSaltKey(SALT_KEY, planKey, plan.round)
  return {
    drawSaltKey: toHex(key),
    employerSortKeyOfEmp0: toHex(employerSortKey(key, 'emp-0')),
    serverOutput: toHex(must(partyOutput('server', rules.serverKey, drawId, proofs.server))),
    witnessOutput: rules.witnessKey
      ? toHex(must(partyOutput('witness', rules.witnessKey, drawId, proofs.witness)))
      : null,
    seed: toHex(must(drawSeed(rules, drawId, proofs))),
    ruler: ruler.segments.map(({ id, width }) => [id, String(width)]),
    replacements: evidence.departures.map(({ replacement }) => {
      const { input, proofs: own } = replacement!
      return {
        serverOutput: toHex(must(partyOutput('server', rules.serverKey, input, own.server))),
        witnessOutput: toHex(must(partyOutput('witness', rules.witnessKey, input, own.witness))),
        seed: toHex(must(replacementSeed(rules, input, own))),
      }
    }),
    evidence,
  }
}

test.group('Vectors of the specification', () => {
  test('are what this implementation computes', ({ assert }) => {
    const now = vectors()
    if (process.env.WRITE_VECTORS) writeFileSync(FILE, `${JSON.stringify(now, null, 1)}\n`)
    const kept = JSON.parse(readFileSync(FILE, 'utf8'))
    assert.equal(canonicalJson(now), canonicalJson(kept))
    for (const { evidence } of kept.draws) {
      const trust = evidence.rules.level === 'L1' ? { ...TRUST, witnessVrfKeys: [] } : TRUST
      assert.equal(verifyDrawEvidence(evidence, trust).verdict, 'genuine')
    }
  })

  test('have salts that an inspector can follow to the key', ({ assert }) => {
    const evidence = evidenceOf()
    assert.isNull(inspectSalts(evidence, SALT_KEY))
    assert.deepEqual(inspectSalts(evidence, sha256(SALT_KEY)), { code: 'salt_key' })
    const [first, ...rest] = evidence.pool
    const chosen = { ...evidence, pool: [{ ...first!, salt: toHex(sha256(utf8('chosen'))) }, ...rest] }
    assert.deepEqual(inspectSalts(chosen, SALT_KEY), { code: 'leaf_salt', id: 'E001' })
    const opened = { ...evidence, openings: [{ ...evidence.openings[1]!, salt: first!.salt }] }
    assert.deepEqual(inspectSalts(opened, SALT_KEY), { code: 'identity_salt', id: 'E002' })
  })
})
