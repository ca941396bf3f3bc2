import { SYSTEM_ACTOR } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import db from '@adonisjs/lucid/services/db'
import { timedInput } from '#lib/draw/beacon'
import { partyOutput, type Proofs } from '#lib/draw/entropy'
import { cosignedAt } from '#lib/draw/ledger_signers'
import type { Claim, WitnessClient, WitnessClientError } from '#lib/draw/witness_client'
import type { Evaluation, Timed } from '#lib/draw/witness_protocol'
import { fail, type Result } from '#lib/result'
import { anchorOf, ledgerVerifierKeys, record } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import { askBeacon } from '#draw/beacon/ask_beacon'
import { beaconSettings } from '#draw/beacon/settings'
import { logAwaitedRound, type Standing, type TimedStep } from '#draw/actions/log_awaited_round'
import { witness } from '#draw/entropy/parties'
import { serverProof } from '#draw/entropy/server_proof'
import { timedClaim } from '#draw/entropy/timed_claim'
import type { Awaited, DrawRow } from '#draw/models/draw'
import { lockDraw, touch } from '#draw/queries/draws'
import { awaitedEntry } from '#draw/queries/logged_entries'

/** What a step waits for: the witness, the beacon's round to be out (`code` null), or a server that has it. */
export type Waits = { code: string; on: 'witness' } | { code: string | null; on: 'beacon' }

export type Asked = TimedStep & {
  readonly draw: DrawRow
  /** Where the log holds the commit or the refusal. */
  readonly index: number
  ask(
    client: WitnessClient,
    timed: Omit<Timed, 'entry'>,
    claim: Claim
  ): Promise<Result<Evaluation, WitnessClientError>>
}

/**
 * Rule DRAW-9, level L3. Goes on with what takes a round of the beacon, from wherever it stands: the round is logged once
 * the witness has cosigned what it follows, then the witness answers, then the round comes out and is fetched. Each step
 * is on record before the next and gives the same when it is repeated. Nothing stands in for a round.
 */
export async function proofsWithRound(step: Asked): Promise<{ proofs: Proofs } | Waits> {
  const standing: Standing = await db.from(step.table).where('id', step.id).firstOrFail()
  const { awaited, witness_proof: proof } = standing
  const client = witness()
  if (!awaited) {
    const anchor = await anchorOf(step.index)
    const time = anchor && cosignedAt(anchor, await ledgerVerifierKeys())
    if (!client || time === null) return notCosigned(client)
    await logAwaitedRound(step, time, null)
    return proofsWithRound(step)
  }
  if (!proof) {
    const waits = await askWitness(step, awaited, client)
    return waits ?? proofsWithRound(step)
  }
  return withValue(step, standing, awaited, proof)
}

/** Null once the answer is on record. */
async function askWitness(
  step: Asked,
  awaited: Awaited,
  client: WitnessClient | null
): Promise<Waits | null> {
  const entry = await awaitedEntry(step.input, awaited)
  if (!client || !(await anchorOf(entry))) return notCosigned(client)
  const { time, due } = awaited
  const answer = await step.ask(client, { time, due }, timedClaim(step.index, entry))
  if (!answer.ok && answer.error.code === 'beacon_round_out') {
    // Nobody knows what it would have given, since the witness has not answered: the next one is awaited.
    await logAwaitedRound(step, answer.error.now, awaited)
    return { on: 'witness', code: 'beacon_round_out' }
  }
  if (!answer.ok) return { on: 'witness', code: answer.error.code }
  const { input, proof, time: answered } = answer.value
  const asked = timedInput(step.input, time)
  const valid =
    input === step.input &&
    answered === time &&
    partyOutput('witness', step.draw.rules.witnessKey, asked, proof).ok
  if (!valid) return { on: 'witness', code: 'witness_proof_wrong' }
  await keepAnswer(step, awaited, proof)
  return null
}

/** From here on there is no other round. */
async function keepAnswer(step: TimedStep, awaited: Awaited, proof: string): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const draw = await lockDraw(unit.trx, step.drawId)
    const standing: Standing = await unit.trx.from(step.table).where('id', step.id).firstOrFail()
    if (standing.witness_proof || standing.proofs) return
    const isDraw = step.table === 'draws'
    await unit.update(step.table, step.id, {
      witness_proof: proof,
      ...(isDraw && { status: 'awaiting_beacon', witness_at: businessNow() }),
    })
    unit.entry({
      stream: reviewStream(draw.review_id),
      type: 'draw.witness_answered',
      payload: { drawId: draw.draw_id, input: step.input, time: awaited.time, proof },
    })
    await touch(unit.trx, step.drawId)
  })
}

async function withValue(
  step: Asked,
  standing: Standing,
  { time, round, due }: Awaited,
  proof: string
): Promise<{ proofs: Proofs } | Waits> {
  if (Date.now() < due * 1000) return { on: 'beacon', code: null }
  const settings = await beaconSettings()
  const value = settings
    ? await askBeacon(step.draw.rules.beacon!, settings.urls, round)
    : fail({ code: 'beacon_missing' as const })
  if (!value.ok) {
    await noteCode(step, standing, value.error.code)
    return { on: 'beacon', code: value.error.code }
  }
  return {
    proofs: { server: serverProof(step.input), witness: proof, beacon: { time, signature: value.value } },
  }
}

/** Why the round is not there yet, for the pages; the log promises nothing of it. */
async function noteCode({ table, id, drawId }: TimedStep, standing: Standing, code: string): Promise<void> {
  if (standing.beacon_code === code) return
  await db.from(table).where('id', id).update({ beacon_code: code })
  await db.from('draws').where('id', drawId).increment('revision', 1)
}

async function notCosigned(client: WitnessClient | null): Promise<Waits> {
  if (!client) return { on: 'witness', code: 'witness_missing' }
  const reached = await client.keys()
  return { on: 'witness', code: reached.ok ? 'witness_not_cosigned' : reached.error.code }
}
