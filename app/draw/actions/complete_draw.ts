import { SYSTEM_ACTOR } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { newId } from '#core/ids'
import db from '@adonisjs/lucid/services/db'
import { toHex, fromHex } from '#lib/bytes'
import { performDraw, type Seat } from '#lib/draw/draw'
import { partyOutput, type Proofs } from '#lib/draw/entropy'
import { defaultPanel } from '#lib/draw/panel'
import { vrfProve } from '#lib/vrf'
import { anchorOf, record, type UnitOfWork } from '#ledger/public'
import { notify } from '#messages/public'
import { peopleOf } from '#identity/public'
import { advance, reviewStream } from '#reviews/public'
import { claimOf, entryIndex } from '#draw/entropy/ledger_claim'
import { secrets, witness } from '#draw/entropy/parties'
import type { DrawRow, PoolEntry } from '#draw/models/draw'
import { drawById, lockDraw, poolOf, touch } from '#draw/queries/draws'

/**
 * Goes on with a frozen draw from wherever it stands: the server's number, the witness's, the result. Each
 * step gives the same whenever it is repeated, so a crash between any two costs nothing, and two processes
 * at once do no harm. Without the witness the draw waits: nothing stands in for it (draw.md 3).
 */
export async function completeDraw(id: string): Promise<void> {
  const draw = await drawById(id)
  if (!draw || draw.status === 'completed') return
  const server = toHex(vrfProve(secrets().vrf, fromHex(draw.draw_id)))
  if (!draw.server_at) await markServer(id)
  const answer = await askWitness(draw)
  if (!answer.ok) return awaitWitness(id, answer.code)
  await fixResult(id, { server, witness: answer.proof })
}

async function markServer(id: string): Promise<void> {
  await db
    .from('draws')
    .where('id', id)
    .whereNull('server_at')
    .update({ server_at: businessNow(), witness_since: businessNow() })
  await db.from('draws').where('id', id).increment('revision', 1)
}

type WitnessAnswer = { ok: true; proof: string } | { ok: false; code: string }

async function askWitness(draw: DrawRow): Promise<WitnessAnswer> {
  const client = witness()
  if (!client) return { ok: false, code: 'witness_missing' }
  const index = await entryIndex(reviewStream(draw.first_review_id), 'draw.committed', {
    drawId: draw.draw_id,
  })
  // The witness has seen the log with this entry before anybody asks it for its number.
  if (!(await anchorOf(index))) {
    const reached = await client.keys()
    return { ok: false, code: reached.ok ? 'witness_not_cosigned' : reached.error.code }
  }
  const { plan_key: planKey, round, rules_hash: rulesHash, pool_root: poolRoot } = draw
  const evaluated = await client.evaluate({ planKey, round, rulesHash, poolRoot }, (from) =>
    claimOf(index, from)
  )
  if (!evaluated.ok) return { ok: false, code: evaluated.error.code }
  const { input, proof } = evaluated.value
  const valid = input === draw.draw_id && partyOutput('witness', draw.rules.witnessKey, input, proof).ok
  return valid ? { ok: true, proof } : { ok: false, code: 'witness_proof_wrong' }
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
