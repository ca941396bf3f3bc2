import { SYSTEM_ACTOR } from '#core/actor'
import { partyOutput, type Proofs } from '#lib/draw/entropy'
import { performReplacement, prepareReplacement } from '#lib/draw/replace'
import { DEPARTURE_ENTRY_TYPE, UNFILLED_ENTRY_TYPE } from '#lib/draw/witness_protocol'
import { anchorOf, record } from '#ledger/public'
import { staffOf } from '#identity/public'
import { notify } from '#messages/public'
import { reviewStream } from '#reviews/public'
import { proofsWithRound, type Asked, type Waits } from '#draw/actions/await_round'
import { insertSeat, notifyHosts } from '#draw/actions/complete_draw'
import { inviteSeat } from '#draw/actions/invite_seat'
import { nextPlace } from '#draw/domain/place_transitions'
import { drawState } from '#draw/entropy/draw_state'
import { claimOf } from '#draw/entropy/ledger_claim'
import { witness } from '#draw/entropy/parties'
import { serverProof } from '#draw/entropy/server_proof'
import type { DepartureRow, DrawRow } from '#draw/models/draw'
import { departuresOf, drawById, lockDraw, poolOf, seatsOf, touch } from '#draw/queries/draws'
import { departureEntry } from '#draw/queries/logged_entries'

/**
 * Rule DRAW-7. Fills the places that were given up, in the order of their refusals: each is put into the
 * log without reason or time, then both parties evaluate, then the next one is known. Repeatable at any
 * point; stands still while the witness is away.
 */
export async function workOffDepartures(drawId: string): Promise<void> {
  for (;;) {
    const draw = await drawById(drawId)
    if (!draw || draw.status !== 'completed') return
    const next = (await departuresOf(drawId)).find(({ status }) => status === 'queued' || status === 'logged')
    if (!next) return
    if (next.status === 'queued') {
      await logDeparture(drawId, next.id)
      continue
    }
    const index = await departureEntry(draw, next)
    const answer = draw.rules.beacon
      ? await proofsWithRound(timed(draw, next, index))
      : await evaluate(draw, next, index)
    if (!('proofs' in answer)) return
    await fill(drawId, next.id, answer.proofs)
  }
}

/** Tells the log that the place is free, or that the rules let nobody come: then the centre decides. */
async function logDeparture(drawId: string, departureId: string): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const draw = await lockDraw(unit.trx, drawId)
    const departure: DepartureRow = await unit.trx
      .from('draw_departures')
      .where('id', departureId)
      .firstOrFail()
    if (departure.status !== 'queued') return
    const state = drawState(
      draw,
      await poolOf(drawId, unit.trx),
      await seatsOf(drawId, unit.trx),
      await departuresOf(drawId, unit.trx)
    )
    const prepared = prepareReplacement(state, departure.seat)
    const stream = reviewStream(departure.review_id)
    if (!prepared.ok) {
      const { code, ...numbers } = prepared.error
      await unit.update('draw_departures', departureId, {
        status: 'unfilled',
        outcome: code,
        done_at: unit.at,
      })
      unit.entry({
        stream,
        type: UNFILLED_ENTRY_TYPE,
        payload: {
          drawId: draw.draw_id,
          seat: departure.seat,
          leaver: departure.leaver,
          why: code,
          ...numbers,
        },
      })
      await notifyHosts(unit, draw, 'draw.not_refilled', { seat: departure.seat })
      const centre = await staffOf('centre')
      await notify(unit, {
        userIds: centre.map(({ userId }) => userId),
        kind: 'draw.not_refilled',
        params: { number: draw.number, seat: departure.seat },
        href: `/draws/${draw.id}`,
        objectId: draw.id,
      })
      return touch(unit.trx, drawId)
    }
    const { number, input, candidates, widened } = prepared.value
    await unit.update('draw_departures', departureId, {
      status: 'logged',
      number,
      input,
      candidates: candidates.length,
      widened,
    })
    unit.entry({ stream, type: 'draw.departure', payload: { drawId: draw.draw_id, seat: departure.seat } })
    unit.entry({
      stream,
      type: DEPARTURE_ENTRY_TYPE,
      payload: { drawId: draw.draw_id, seat: departure.seat, number, leaver: departure.leaver },
    })
    await touch(unit.trx, drawId)
  })
}

async function evaluate(
  draw: DrawRow,
  departure: DepartureRow,
  index: number
): Promise<{ proofs: Proofs } | Waits> {
  const client = witness()
  if (!client) return { on: 'witness', code: 'witness_missing' }
  const input = departure.input!
  if (!(await anchorOf(index))) return { on: 'witness', code: 'witness_not_cosigned' }
  const evaluated = await client.evaluateReplacement(partsOf(draw, departure), (size) => claimOf(index, size))
  if (!evaluated.ok) return { on: 'witness', code: evaluated.error.code }
  const { proof, input: answered } = evaluated.value
  const valid = answered === input && partyOutput('witness', draw.rules.witnessKey, input, proof).ok
  if (!valid) return { on: 'witness', code: 'witness_proof_wrong' }
  return { proofs: { server: serverProof(input), witness: proof } }
}

function timed(draw: DrawRow, departure: DepartureRow, index: number): Asked {
  return {
    draw,
    drawId: draw.id,
    table: 'draw_departures',
    id: departure.id,
    input: departure.input!,
    index,
    ask: (client, awaited, claim) =>
      client.evaluateReplacement({ ...partsOf(draw, departure), timed: awaited }, claim),
  }
}

function partsOf(draw: DrawRow, { seat, number, leaver }: DepartureRow) {
  return { drawId: draw.draw_id, seat, number: number!, leaver }
}

async function fill(drawId: string, departureId: string, proofs: Proofs): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const draw = await lockDraw(unit.trx, drawId)
    const departures = await departuresOf(drawId, unit.trx)
    const departure = departures.find(({ id }) => id === departureId)!
    if (departure.status !== 'logged') return
    const pool = await poolOf(drawId, unit.trx)
    const seats = await seatsOf(drawId, unit.trx)
    const performed = performReplacement(drawState(draw, pool, seats, departures), departure.seat, proofs)
    if (!performed.ok) throw new Error(`Draw ${draw.number}, seat ${departure.seat}: ${performed.error.code}`)
    const { replacement } = performed.value
    const leaver = seats.find(({ seat }) => seat === departure.seat)!
    const gone = nextPlace(leaver.state, 'replace', 'program')
    if (!gone.ok) throw new Error(`Place ${leaver.id} in ${leaver.state} can't be replaced`)
    await unit.update('draw_departures', departureId, {
      status: 'filled',
      proofs,
      taken: replacement,
      done_at: unit.at,
    })
    await unit.update('draw_seats', leaver.id, {
      state: gone.value.to,
      left_as: leaver.state,
      replaced_by_seat: replacement.seat,
    })
    const seatId = await insertSeat(unit, drawId, replacement, pool, { replaces_seat: departure.seat })
    unit.entry({
      stream: reviewStream(draw.review_id),
      type: 'draw.seat_refilled',
      payload: {
        drawId: draw.draw_id,
        seat: departure.seat,
        number: departure.number,
        proofs,
        taken: replacement,
        widened: departure.widened,
      },
    })
    const review = await unit.trx.from('reviews').where('id', draw.review_id).firstOrFail()
    // Whoever comes for an invited expert is invited at once; the organiser cannot pick among replacements.
    if (leaver.invited_at && review.state === 'INVITING') await inviteSeat(unit, draw, seatId)
    await notifyHosts(unit, draw, 'draw.refilled', { seat: departure.seat, by: replacement.seat })
    await touch(unit.trx, drawId)
  })
}
