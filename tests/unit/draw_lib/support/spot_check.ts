import { populationRoot, sampleInput, sampleSpotCheck } from '#lib/draw/spot_check'
import { SPOT_CHECK_FORMAT, type SpotCheckEvidence } from '#lib/draw/spot_check_evidence'
import { SAMPLE_ENTRY_TYPE } from '#lib/draw/spot_check_protocol'
import type { Signers } from '#tests/support/made_ledger'
import { must, proofsFor, TRUST } from './fixtures.js'
import { SmallLog } from './small_log.js'

export const IDS = Array.from({ length: 12 }, (_, i) => `LZ-2026-00${String(i + 10)}`)
export const KEYS = { server: TRUST.serverVrfKeys[0]!, witness: TRUST.witnessVrfKeys[0]! }

/** Complete evidence of a spot check. */
export function spotCheckEvidence(
  change: { occasion?: string; count?: number; signers?: Signers } = {}
): SpotCheckEvidence {
  const { occasion = '2026-Q4论证抽查', count = 3 } = change
  const root = populationRoot(IDS)
  const input = sampleInput({ occasion, count, root })
  const proofs = proofsFor(input) as { server: string; witness: string }
  const scope = { kind: 'concluded', category: null, from: '2026-10-01', to: '2026-12-31' }
  const log = new SmallLog(change.signers)
  log.append('review.concluded', {})
  const commit = log.append(SAMPLE_ENTRY_TYPE, {
    occasion,
    count,
    root,
    input,
    scope,
    serverKey: KEYS.server,
    witnessKey: KEYS.witness,
  })
  const taken = must(sampleSpotCheck({ occasion, ids: IDS, count }, KEYS, proofs))
  return {
    format: SPOT_CHECK_FORMAT,
    occasion,
    scope,
    count,
    population: IDS,
    root,
    input,
    keys: KEYS,
    proofs,
    commit,
    taken,
  }
}
