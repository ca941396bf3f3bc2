import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'
import limiter from '@adonisjs/limiter/services/main'
import { notFound, Refusal } from '#core/exceptions/refusal'
import { canonicalJson } from '#lib/canonical_json'
import { formatVerifierKey } from '#lib/tlog/keys'
import { ledgerVerifierKeys } from '#ledger/public'
import { reviewById } from '#reviews/public'
import { sendEvidence, streamEvents } from '#draw/controllers/draws_controller'
import { meetingHasEnded } from '#draw/domain/meeting_has_ended'
import { pinnedBeacons } from '#draw/entropy/trust_files'
import type { DrawRow } from '#draw/models/draw'
import { drawEvidence } from '#draw/queries/draw_evidence'
import { drawKey } from '#draw/queries/draw_keys'
import { drawByNumber } from '#draw/queries/draws'
import { publicDraw } from '#draw/queries/public_draw'
import { drawNumberValidator } from '#draw/validators/draw'

/** From one address; an office behind one, with the page open at many desks, stays well below. */
const LOOKS_PER_MINUTE = 240

/** Rule DRAW-9. What anybody may look at and recompute. */
export default class PublicDrawsController {
  async show(ctx: HttpContext) {
    return publicDraw(await drawOf(ctx))
  }

  /** Public once the meeting has ended; before, there are names to be guessed from a pool this small. */
  async evidence(ctx: HttpContext) {
    const draw = await drawOf(ctx)
    const review = await reviewById(draw.review_id)
    if (draw.status !== 'completed' || !review || !meetingHasEnded(review.state)) throw notFound()
    return sendEvidence(ctx, draw, canonicalJson(await drawEvidence(draw, 'other')))
  }

  async events(ctx: HttpContext) {
    return streamEvents(ctx, await drawOf(ctx))
  }

  /** The public keys of both parties, as the log committed to them, those that sign the log, and beacons at level L3. */
  async keys() {
    const [server, witness, ledger] = await Promise.all([
      drawKey('server'),
      drawKey('witness'),
      ledgerVerifierKeys(),
    ])
    return {
      serverVrfKeys: server ? [server.vrfKey] : [],
      witnessVrfKeys: witness ? [witness.vrfKey] : [],
      ledgerKeys: ledger.map(formatVerifierKey),
      beacons: pinnedBeacons(env.get('VAR_DIR')),
    }
  }
}

async function drawOf({ request }: HttpContext): Promise<DrawRow> {
  const looks = limiter.use({ requests: LOOKS_PER_MINUTE, duration: '1 minute' })
  if (!(await looks.attempt(`draw/${request.ip()}`, () => true))) throw new Refusal(429, 'E_TOO_MANY')
  const { params } = await request.validateUsing(drawNumberValidator)
  const draw = await drawByNumber(params.number)
  if (!draw) throw notFound()
  return draw
}
