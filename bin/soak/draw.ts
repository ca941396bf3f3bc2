import { must } from '#bin/bench/support/must'
import { seeded } from '#bin/bench/support/seeded'
import { altered, sameBytes } from '#bin/soak/support/alter'
import type { Soak } from '#bin/soak/support/outcome'
import { fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { completeDraw, prepareDraw, type FrozenDraw } from '#lib/draw/draw'
import { EVIDENCE_FORMAT, type DrawEvidence } from '#lib/draw/evidence'
import { defaultPanel } from '#lib/draw/panel'
import { normalPlanIdentity, planKey } from '#lib/draw/plan_key'
import { buildPool } from '#lib/draw/pool'
import { saltKeyCommitment } from '#lib/draw/salts'
import { verifyDrawEvidenceText } from '#lib/draw/verify_evidence'
import { vrfProve, vrfPublicKey } from '#lib/vrf'

const EXPERTS = 64
const EMPLOYERS = 22
const secret = (name: string) => sha256(utf8(`soak ${name}`))
const trust = {
  serverVrfKeys: [toHex(vrfPublicKey(secret('server')))],
  witnessVrfKeys: [toHex(vrfPublicKey(secret('witness')))],
}

/** Evidence of a draw, its text altered at random: no alteration may be found genuine. */
export const soak: Soak = async ({ seed, trials }) => {
  const random = seeded(seed)
  const text = canonicalJson(evidence())
  const untouched = verifyDrawEvidenceText(text, trust)
  if (untouched.verdict !== 'genuine') throw new Error(`untouched: ${JSON.stringify(untouched.checks)}`)
  const original = utf8(text)
  const decoder = new TextDecoder()
  const missed: string[] = []
  for (let trial = 0; trial < trials; trial++) {
    const { bytes, how } = altered(original, random)
    if (sameBytes(bytes, original)) continue
    const { verdict } = verifyDrawEvidenceText(decoder.decode(bytes), trust)
    if (verdict === 'genuine') missed.push(`trial ${trial}: ${how}`)
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
  const pool = buildPool(candidates, { saltKey: secret('salt'), planKey: key, round: 1 })
  const draw: FrozenDraw = {
    planKey: key,
    round: 1,
    rules: {
      algorithm: 'lunzheng-draw/1',
      level: 'L2',
      serverKey: trust.serverVrfKeys[0]!,
      witnessKey: trust.witnessVrfKeys[0]!,
      saltKeyCommitment: saltKeyCommitment(secret('salt')),
      maxPerEmployer: 10,
      quotas: [],
      replacementSpecialty: 'keep_then_any',
      panel: { size: 5, mainSpecialty: 'geotechnical', minMain: 3, minSpecialties: 2 },
      regulation: { id: 'soak/1', hash: toHex(secret('regulation')) },
    },
    leaves: pool.leaves,
  }
  const prepared = must('freeze', prepareDraw(draw))
  const prove = (name: string) => toHex(vrfProve(secret(name), fromHex(prepared.drawId)))
  const proofs = { server: prove('server'), witness: prove('witness') }
  const { result } = must('draw', completeDraw(draw, prepared, proofs))
  return {
    format: EVIDENCE_FORMAT,
    plan,
    planKey: key,
    rules: draw.rules,
    rulesHash: prepared.rulesHash,
    pool: pool.leaves,
    poolRoot: prepared.poolRoot,
    drawId: prepared.drawId,
    proofs,
    commit: null,
    result,
    defaultPanel: defaultPanel(result.seats, draw.rules),
    departures: [],
    openings: pool.openings,
  }
}
