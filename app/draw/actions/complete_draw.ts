import { SYSTEM_ACTOR } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { newId } from '#core/ids'
import db from '@adonisjs/lucid/services/db'
import { performDraw, type Seat } from '#lib/draw/draw'
import { partyOutput, type Proofs } from '#lib/draw/entropy'
import { defaultPanel } from '#lib/draw/panel'
import { COMMIT_ENTRY_TYPE } from '#lib/draw/witness_protocol'
import { anchorOf, record, type UnitOfWork } from '#ledger/public'
import { notify } from '#messages/public'
import { peopleOf } from '#identity/public'
import { advance, reviewStream } from '#reviews/public'
import { claimOf, entryIndex } from '#draw/entropy/ledger_claim'
import { proofsWithRound, type Asked, type Waits } from '#draw/actions/await_round'
import { witness } from '#draw/entropy/parties'
import { withRoundBefore } from '#draw/entropy/round_claim'
import { serverProof } from '#draw/entropy/server_proof'
import type { DrawRow, PoolEntry } from '#draw/models/draw'
import { drawById, lockDraw, poolOf, touch } from '#draw/queries/draws'

/**
 * Goes on with a frozen draw from wherever it stands: the server's number, the witness's, the result. Each
 * step gives the same whenever it is repeated, so a crash between any two costs nothing, and two processes
 * at once do no harm. Without the witness, or at level L3 the beacon's round, the
 * draw waits: nothing stands in for either (draw.md 3).
 */
export async function completeDraw(id: string): Promise<void> {
  const draw = await drawById(id)
  if (!draw || draw.status === 'completed') return
  if (!draw.server_at) await markServer(id)
  const index = await entryIndex(reviewStream(draw.first_review_id), COMMIT_ENTRY_TYPE, {
    drawId: draw.draw_id,
  })
  const answer = draw.rules.beacon ? await proofsWithRound(timed(draw, index)) : await askWitness(draw, index)
  if ('proofs' in answer) return fixResult(id, answer.proofs)
  if (answer.on === 'witness') await awaitWitness(id, answer.code)
}

async function markServer(id: string): Promise<void> {
  await db
    .from('draws')
    .where('id', id)
    .whereNull('server_at')
    .update({ server_at: businessNow(), witness_since: businessNow() })
  await db.from('draws').where('id', id).increment('revision', 1)
}

async function askWitness(draw: DrawRow, index: number): Promise<{ proofs: Proofs } | Waits> {
  const client = witness()
  if (!client) return { on: 'witness', code: 'witness_missing' }
  // The witness has seen the log with this entry before anybody asks it for its number.
  if (!(await anchorOf(index))) {
    const reached = await client.keys()
    return { on: 'witness', code: reached.ok ? 'witness_not_cosigned' : reached.error.code }
  }
  const claim = withRoundBefore(draw, (size) => claimOf(index, size))
  const evaluated = await client.evaluate(frozenParts(draw), claim)
  if (!evaluated.ok) return { on: 'witness', code: evaluated.error.code }
  const { input, proof } = evaluated.value
  const valid = input === draw.draw_id && partyOutput('witness', draw.rules.witnessKey, input, proof).ok
  if (!valid) return { on: 'witness', code: 'witness_proof_wrong' }
  return { proofs: { server: serverProof(draw.draw_id), witness: proof } }
}

function timed(draw: DrawRow, index: number): Asked {
  return {
    draw,
    drawId: draw.id,
    table: 'draws',
    id: draw.id,
    input: draw.draw_id,
    index,
    ask: (client, awaited, claim) =>
      client.evaluate({ ...frozenParts(draw), timed: awaited }, withRoundBefore(draw, claim)),
  }
}

function frozenParts({ plan_key: planKey, round, rules_hash: rulesHash, pool_root: poolRoot }: DrawRow) {
  return { planKey, round, rulesHash, poolRoot }
}

/** Says so, once, and keeps the reason up to date; the job tries again. */
async function awaitWitness(id: string, code: string): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const draw = await lockDraw(unit.trx, id)
    if (draw.status === 'completed') return
    if (draw.witness_code !== code) {
      await unit.trx.from('draws').where('id', id).update({ witness_code: code })
      await touch(unit.trx, id)
    }
    if (draw.status === 'awaiting_witness') return
    await unit.update('draws', id, { status: 'awaiting_witness' })
    unit.entry({
      stream: reviewStream(draw.review_id),
      type: 'draw.witness_awaited',
      payload: { drawId: draw.draw_id, why: code },
    })
  })
}

async function fixResult(id: string, proofs: Proofs): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const draw = await lockDraw(unit.trx, id)
    if (draw.status === 'completed') return
    const pool = await poolOf(id, unit.trx)
    const leaves = pool.map(({ leaf }) => leaf)
    const performed = performDraw(
      { planKey: draw.plan_key, round: draw.round, rules: draw.rules, leaves },
      proofs
    )
    if (!performed.ok) throw new Error(`Draw ${draw.number} can't be performed: ${performed.error.code}`)
    const { result } = performed.value
    const panel = defaultPanel(result.seats, draw.rules)
    await unit.update('draws', id, {
      status: 'completed',
      proofs,
      result,
      default_panel: panel,
      completed_at: unit.at,
    })
    for (const seat of result.seats) await insertSeat(unit, draw.id, seat, pool, {})
    unit.entry({
      stream: reviewStream(draw.review_id),
      type: 'draw.completed',
      payload: { drawId: draw.draw_id, proofs, result, defaultPanel: panel },
    })
    // A review that was called off meanwhile stays so; the draw stays the plan's all the same.
    const review = await unit.trx.from('reviews').where('id', draw.review_id).firstOrFail()
    if (review.state === 'FORM_CHECKED') {
      const moved = await advance(unit, { reviewId: draw.review_id, event: 'draw', as: 'program' })
      if (!moved.ok) throw new Error(`Review ${draw.review_id} can't be drawn: ${moved.error.why}`)
    }
    await notifyHosts(unit, draw, 'draw.completed', {})
    await touch(unit.trx, id)
  })
}

export async function insertSeat(
  unit: UnitOfWork,
  drawId: string,
  seat: Seat,
  pool: readonly PoolEntry[],
  more: Record<string, unknown>
): Promise<string> {
  const entry = pool.find(({ leaf }) => leaf.id === seat.id)!
  const id = newId()
  await unit.insert('draw_seats', {
    id,
    draw_id: drawId,
    seat: seat.seat,
    expert_id: entry.expertId,
    user_id: entry.userId,
    roster_no: seat.id,
    pin: seat.pin,
    ticket: seat.ticket,
    employer: seat.employer,
    specialty: seat.specialty,
    matched: entry.matched,
    is_main: entry.isMain,
    state: 'DRAWN',
    ...more,
  })
  return id
}

/** Tells whoever runs the draw. */
export async function notifyHosts(
  unit: UnitOfWork,
  draw: Pick<DrawRow, 'id' | 'number' | 'organiser_id' | 'agency_id'>,
  kind: string,
  params: Record<string, unknown>
): Promise<void> {
  const organisers = await peopleOf(draw.organiser_id, ['organiser'])
  const agents = draw.agency_id ? await peopleOf(draw.agency_id, ['agency']) : []
  await notify(unit, {
    userIds: [...organisers, ...agents].map(({ userId }) => userId),
    kind,
    params: { number: draw.number, ...params },
    href: `/draws/${draw.id}`,
    objectId: draw.id,
  })
}
