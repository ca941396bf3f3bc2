import { drawnEvidence, SECRETS, TRUST } from '#bin/bench/support/draw_evidence'
import { seeded } from '#bin/bench/support/seeded'
import { altered, sameBytes, verdictOf } from '#bin/soak/support/alter'
import type { Soak } from '#bin/soak/support/outcome'
import { utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import type { FrozenDraw } from '#lib/draw/draw'
import type { DrawEvidence } from '#lib/draw/evidence'
import { normalPlanIdentity, planKey } from '#lib/draw/plan_key'
import { buildPool } from '#lib/draw/pool'
import { saltKeyCommitment } from '#lib/draw/salts'
import { verifyDrawEvidenceText } from '#lib/draw/verify_evidence'

const EXPERTS = 64
const EMPLOYERS = 22

/** Evidence of a draw, its text altered at random: no alteration may be found genuine. */
export const soak: Soak = async ({ seed, trials }) => {
  const random = seeded(seed)
  const text = canonicalJson(evidence())
  const untouched = verifyDrawEvidenceText(text, TRUST)
  if (untouched.verdict !== 'genuine') throw new Error(`untouched: ${JSON.stringify(untouched.checks)}`)
  const original = utf8(text)
  const decoder = new TextDecoder()
  const missed: string[] = []
  for (let trial = 0; trial < trials; trial++) {
    const { bytes, how } = altered(original, random)
    if (sameBytes(bytes, original)) continue
    const verdict = await verdictOf(() => verifyDrawEvidenceText(decoder.decode(bytes), TRUST).verdict)
    if (verdict !== 'not_genuine' && verdict !== 'unreadable')
      missed.push(`trial ${trial}: ${how}: ${verdict}`)
  }
  return { what: `alterations of a draw’s evidence of ${original.length} bytes`, trials, missed }
}

function evidence(): DrawEvidence {
  const plan = normalPlanIdentity({
    permit: '450103202601150101',
    categories: ['PIT'],
    part: 'A-07',
    round: 1,
  })
  const key = planKey(plan)
  const candidates = Array.from({ length: EXPERTS }, (_, n) => ({
    id: `E${String(n + 1).padStart(3, '0')}`,
    name: `专家${n + 1}`,
    employerId: `employer ${n % EMPLOYERS}`,
    employerName: `单位${n % EMPLOYERS}`,
    specialty: n % 3 === 0 ? 'structure' : 'geotechnical',
    excluded: n % 13 === 0 ? 'party_employer' : null,
  }))
  const pool = buildPool(candidates, { saltKey: SECRETS.salt, planKey: key, round: 1 })
  const draw: FrozenDraw = {
    planKey: key,
    round: 1,
    rules: {
      algorithm: 'lunzheng-draw/1',
      level: 'L2',
      serverKey: TRUST.serverVrfKeys[0]!,
      witnessKey: TRUST.witnessVrfKeys[0]!,
      saltKeyCommitment: saltKeyCommitment(SECRETS.salt),
      maxPerEmployer: 10,
      quotas: [],
      replacementSpecialty: 'keep_then_any',
      panel: { size: 5, mainSpecialty: 'geotechnical', minMain: 3, minSpecialties: 2 },
      regulation: { id: 'soak/1', hash: '5a'.repeat(32) },
    },
    leaves: pool.leaves,
  }
  return drawnEvidence(plan, draw, pool.openings)
}
