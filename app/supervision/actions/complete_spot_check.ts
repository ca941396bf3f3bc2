import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { partyOutput } from '#lib/draw/entropy'
import { populationRoot, sampleInput, sampleSpotCheck, type Sampled } from '#lib/draw/spot_check'
import { SAMPLE_ENTRY_TYPE } from '#lib/draw/spot_check_protocol'
import { CLOSING_TYPE } from '#lib/ledger/leaf'
import { claimOf, entryIndex, serverProof, witness } from '#draw/public'
import { record, type UnitOfWork } from '#ledger/public'
import { notify } from '#messages/public'
import { openInspectionIn } from '#supervision/actions/open_inspection'
import { spotCheckStream, type SpotCheckRow } from '#supervision/models/spot_check'

/**
 * Rule SUP-1. Goes on with a spot check from wherever it stands: the server's number, the witness's, the sample and
 * its inspections. Each step gives the same whenever it is repeated. Without the witness it waits; nothing stands in.
 * @throws when what was fixed is no longer what stands in the row
 */
export async function completeSpotCheck(id: string): Promise<void> {
  const check: SpotCheckRow | null = await db.from('spot_checks').where('id', id).first()
  if (!check || check.status === 'completed') return
  if (!isAsFixed(check)) return stall(id, 'not_as_fixed')
  const server = serverProof(check.input)
  if (!check.server_at) await db.from('spot_checks').where('id', id).update({ server_at: businessNow() })
  const answer = await askWitness(check)
  if (!answer.ok) return stall(id, answer.code)
  await fix(id, { server, witness: answer.proof })
}

/** The list can't be exchanged once it was fixed: it would no longer give the input that the log has. */
function isAsFixed({ occasion, population, count, root, input }: SpotCheckRow): boolean {
  return populationRoot(population) === root && sampleInput({ occasion, count, root }) === input
}

type WitnessAnswer = { ok: true; proof: string } | { ok: false; code: string }

async function askWitness({
  id,
  occasion,
  count,
  root,
  input,
  witness_key,
}: SpotCheckRow): Promise<WitnessAnswer> {
  const client = witness()
  if (!client) return { ok: false, code: 'witness_missing' }
  const index = await entryIndex(spotCheckStream(id), SAMPLE_ENTRY_TYPE, { input })
  const evaluated = await client.evaluateSample({ occasion, count, root }, (size) => claimOf(index, size))
  if (!evaluated.ok) return { ok: false, code: evaluated.error.code }
  const { proof } = evaluated.value
  const valid = evaluated.value.input === input && partyOutput('witness', witness_key, input, proof).ok
  return valid ? { ok: true, proof } : { ok: false, code: 'witness_proof_wrong' }
}

/** Says so, once, and keeps the reason up to date; the job tries again. */
async function stall(id: string, code: string): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const check = await lock(unit, id)
    if (check.status === 'completed') return
    if (check.witness_code !== code)
      await unit.trx.from('spot_checks').where('id', id).update({ witness_code: code })
    if (check.status === 'awaiting_witness') return
    await unit.update('spot_checks', id, { status: 'awaiting_witness' })
    unit.entry({
      stream: spotCheckStream(id),
      type: 'spot_check.witness_awaited',
      payload: { input: check.input, why: code },
    })
  })
}

/** The sample and the inspections that it opens, in one transaction: there is never one without the other. */
async function fix(id: string, proofs: { server: string; witness: string }): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const check = await lock(unit, id)
    if (check.status === 'completed') return
    if (!isAsFixed(check)) throw new Error(`Spot check ${check.number} is not as it was fixed`)
    const { occasion, population: ids, count, number, input } = check
    const keys = { server: check.server_key, witness: check.witness_key }
    const sampled = sampleSpotCheck({ occasion, ids, count }, keys, proofs)
    if (!sampled.ok) throw new Error(`Spot check ${number}: ${sampled.error.code}`)
    const taken = sampled.value
    await unit.update('spot_checks', id, { status: 'completed', proofs, taken, completed_at: unit.at })
    unit.entry({
      stream: spotCheckStream(id),
      type: 'spot_check.completed',
      payload: { input, proofs, taken },
    })
    unit.entry({ stream: spotCheckStream(id), type: CLOSING_TYPE, payload: {} })
    await openInspections(unit, check, taken)
    await notify(unit, {
      userIds: [check.started_by],
      kind: 'spot_check.completed',
      params: { title: check.title, number, count },
      href: `/supervision/spot-checks/${id}`,
      objectId: id,
    })
  })
}

async function openInspections(
  unit: UnitOfWork,
  check: SpotCheckRow,
  taken: readonly Sampled[]
): Promise<void> {
  const reviews = await unit.trx
    .from('reviews')
    .whereIn(
      'number',
      taken.map(({ id }) => id)
    )
    .orderBy('id')
    .select('id')
  if (reviews.length !== taken.length) throw new Error(`Spot check ${check.number}: a review is gone`)
  for (const { id: reviewId } of reviews) {
    const opened = await openInspectionIn(unit, {
      reviewId,
      number: check.number,
      reason: check.title,
      by: { userId: check.started_by, organisationId: check.started_for },
    })
    if (!opened.ok) throw new Error(`Spot check ${check.number}: ${opened.error.code}`)
  }
}

async function lock(unit: UnitOfWork, id: string): Promise<SpotCheckRow> {
  return unit.trx.from('spot_checks').where('id', id).forUpdate().firstOrFail()
}
