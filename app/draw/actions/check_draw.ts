import env from '#start/env'
import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { ledgerVerifierKeys, record } from '#ledger/public'
import { canonicalJson } from '#lib/canonical_json'
import { verifyDrawEvidenceText, type DrawVerdict } from '#lib/draw/verify_evidence'
import { reviewStream } from '#reviews/public'
import { pinnedBeacons } from '#draw/entropy/trust_files'
import type { DrawRow } from '#draw/models/draw'
import { drawEvidence } from '#draw/queries/draw_evidence'
import { drawKey } from '#draw/queries/draw_keys'

export interface DrawCheck {
  readonly verdict: DrawVerdict
  /** Codes of the checks that failed. */
  readonly failed: readonly string[]
}

/**
 * Rule SUP-1. The centre has a completed draw recomputed from its evidence, by the keys that were pinned
 * before it; whatever comes out is on record.
 */
export async function checkDraw(actor: Actor, draw: DrawRow): Promise<DrawCheck> {
  const [evidence, server, witness] = await Promise.all([
    drawEvidence(draw, 'supervisor'),
    drawKey('server'),
    drawKey('witness'),
  ])
  const { verdict, checks } = verifyDrawEvidenceText(canonicalJson(evidence as never), {
    serverVrfKeys: server ? [server.vrfKey] : [],
    witnessVrfKeys: witness ? [witness.vrfKey] : [],
    ledgerKeys: await ledgerVerifierKeys(),
    beacons: pinnedBeacons(env.get('VAR_DIR')),
  })
  const failed = checks.filter(({ ok }) => !ok).map(({ code }) => code)
  await record(actor, async (unit) => {
    const id = newId()
    await unit.insert('draw_checks', {
      id,
      draw_id: draw.id,
      by_user_id: actor.userId,
      at: unit.at,
      verdict,
      failed,
    })
    unit.entry({
      stream: reviewStream(draw.review_id),
      type: 'draw.checked',
      payload: { drawId: draw.draw_id, verdict, failed },
    })
  })
  return { verdict, failed }
}
