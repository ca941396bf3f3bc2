import { canonicalJson, CanonicalJsonError, parseStrictJson } from '../canonical_json.ts'
import { foldIdentifier } from '../text.ts'
import { partyOutput } from './entropy.ts'
import { checkpointOf, isEntryOf, opensTo, originOf } from './ledger_place.ts'
import { checkpointFault, cosignersOf, logKeysOf } from './ledger_signers.ts'
import { compareIds } from './read.ts'
import { populationRoot, sampleInput, sampleSpotCheck } from './spot_check.ts'
import { readSpotCheckEvidence, type SpotCheckEvidence } from './spot_check_evidence.ts'
import { SAMPLE_ENTRY_TYPE } from './spot_check_protocol.ts'
import type { DrawTrust, DrawVerdict } from './verify_evidence.ts'

/** Stable: texts live with whoever shows them. */
export type SpotCheckCode =
  | 'sample_readable'
  | 'sample_occasion'
  | 'sample_population'
  | 'sample_root'
  | 'sample_input'
  | 'sample_commit_entry'
  | 'sample_commit_inclusion'
  | 'sample_commit_payload'
  | 'sample_commit_scope'
  | 'sample_commit_checkpoint'
  | 'sample_server_proof'
  | 'sample_witness_proof'
  | 'sample_result'
  | 'sample_server_key_trusted'
  | 'sample_witness_key_trusted'
  | 'sample_ledger_key_trusted'
  | 'sample_cosigner_key_trusted'

export type SpotCheckStep = {
  readonly code: SpotCheckCode
  readonly ok: boolean
  readonly detail: string | null
}
export type SpotCheckVerification = {
  readonly verdict: DrawVerdict
  readonly checks: readonly SpotCheckStep[]
}

/** Rule SUP-1: says whether a spot check's evidence, as the text of its file, is genuine, and which step fails. */
export function verifySpotCheckText(text: string, trust: DrawTrust): SpotCheckVerification {
  const parsed = parseStrictJson(text)
  return parsed.ok ? verifySpotCheck(parsed.value, trust) : unreadable(parsed.error.code)
}

/** Recomputes a sample; each check tests one link against what the evidence claims for the next. */
export function verifySpotCheck(value: unknown, trust: DrawTrust): SpotCheckVerification {
  const evidence = hasCanonicalSpelling(value) ? readSpotCheckEvidence(value) : undefined
  if (!evidence) return unreadable('shape')
  const checks = [...fixed(evidence), ...committed(evidence, trust), ...drawn(evidence)]
  const origin = originOf(evidence.commit)
  const trusted = [
    check('sample_server_key_trusted', trust.serverVrfKeys.includes(evidence.keys.server)),
    check('sample_witness_key_trusted', trust.witnessVrfKeys.includes(evidence.keys.witness)),
    check('sample_ledger_key_trusted', logKeysOf(trust.ledgerKeys, origin).length > 0, origin),
    check('sample_cosigner_key_trusted', cosignersOf(trust.ledgerKeys).length > 0),
  ]
  const consistent = checks.every(({ ok }) => ok)
  const known = trusted.every(({ ok }) => ok)
  return {
    verdict: !consistent ? 'not_genuine' : known ? 'genuine' : 'consistent_unknown_signer',
    checks: [...checks, ...trusted],
  }
}

function fixed({ occasion, population, count, root, input }: SpotCheckEvidence): SpotCheckStep[] {
  const ordered = population.every((id, i) => i === 0 || compareIds(population[i - 1]!, id) < 0)
  return [
    check('sample_occasion', foldIdentifier(occasion) === occasion),
    check('sample_population', ordered && population.length >= count),
    check('sample_root', populationRoot(population) === root),
    check('sample_input', sampleInput({ occasion, count, root }) === input),
  ]
}

/** That the list was fixed in the log before anybody knew the entropy, and for these parties. */
function committed(evidence: SpotCheckEvidence, { ledgerKeys }: DrawTrust): SpotCheckStep[] {
  const { commit, occasion, count, root, input, scope, keys } = evidence
  const fault = checkpointFault(commit, ledgerKeys, { witnessed: true })
  const { server: serverKey, witness: witnessKey } = keys
  const payloadScope = commit.payload.scope
  return [
    check('sample_commit_entry', isEntryOf(commit, [SAMPLE_ENTRY_TYPE])),
    check('sample_commit_inclusion', checkpointOf(commit) !== undefined),
    check('sample_commit_payload', opensTo(commit, { occasion, count, root, input, serverKey, witnessKey })),
    check(
      'sample_commit_scope',
      payloadScope !== undefined && canonicalJson(payloadScope) === canonicalJson(scope)
    ),
    check('sample_commit_checkpoint', fault === null, fault),
  ]
}

function drawn(evidence: SpotCheckEvidence): SpotCheckStep[] {
  const { occasion, population, count, input, keys, proofs, taken } = evidence
  const server = partyOutput('server', keys.server, input, proofs.server)
  const witness = partyOutput('witness', keys.witness, input, proofs.witness)
  const parties = keys.server !== keys.witness
  const checks = [
    check('sample_server_proof', server.ok, server.ok ? null : server.error.code),
    check('sample_witness_proof', witness.ok && parties, witness.ok ? null : witness.error.code),
  ]
  if (checks.some(({ ok }) => !ok)) return checks
  const again = sampleSpotCheck({ occasion, ids: population, count }, keys, proofs)
  const same = again.ok && canonicalJson(again.value) === canonicalJson(taken)
  return [...checks, check('sample_result', same, again.ok ? null : again.error.code)]
}

function unreadable(why: string): SpotCheckVerification {
  return { verdict: 'unreadable', checks: [check('sample_readable', false, why)] }
}

function check(code: SpotCheckCode, ok: boolean, detail: string | null = null): SpotCheckStep {
  return { code, ok, detail }
}

function hasCanonicalSpelling(value: unknown): boolean {
  try {
    canonicalJson(value)
    return true
  } catch (error) {
    if (error instanceof CanonicalJsonError) return false
    throw error
  }
}
