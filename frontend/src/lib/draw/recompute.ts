/** Recomputes a draw in the reader's browser, each step with what it did and the bytes it was done on. */
import { canonicalJson, parseStrictJson } from '@shared/canonical_json.ts'
import {
  verifyDrawEvidenceText,
  type DrawCheckCode,
  type DrawTrust,
  type DrawVerdict,
} from '@shared/draw/verify_evidence.ts'
import type { BeaconChain } from '@shared/drand.ts'
import { parseVerifierKey } from '@shared/tlog/keys.ts'
import { drawStepKind } from '@shared/verify/draw_steps.ts'
import { DRAW_TEXTS } from '@shared/verify/draw_texts.ts'
import { jsonExtents, type Extent } from '@shared/verify/extents.ts'
import { fileOfStep } from './source_of_steps.ts'

export type DrawKeys = {
  serverVrfKeys: string[]
  witnessVrfKeys: string[]
  ledgerKeys: string[]
  /** Chains of public beacons, at level L3. */
  beacons: BeaconChain[]
}

type TwoWords = readonly [zh: string, en: string]

export interface Step {
  readonly code: DrawCheckCode
  readonly ok: boolean
  readonly detail: string | null
  readonly what: TwoWords
  /** Why it failed; null for a step that holds. */
  readonly why: TwoWords | null
  readonly on: readonly Extent[]
  /** The file of the source that does it. */
  readonly file: string
}

/** The keys as the platform's address gives them, read. */
export function trustOf(keys: DrawKeys): DrawTrust {
  const ledgerKeys = keys.ledgerKeys.map(parseVerifierKey).flatMap((key) => (key.ok ? [key.value] : []))
  return { ...keys, ledgerKeys }
}

export function recompute(evidence: unknown, keys: DrawKeys): { verdict: DrawVerdict; steps: Step[] } {
  const text = canonicalJson(evidence)
  const { verdict, checks } = verifyDrawEvidenceText(text, trustOf(keys))
  const parsed = parseStrictJson(text)
  const extent = jsonExtents(parsed.ok ? parsed.value : null)
  const steps = checks.map(({ code, ok, detail }): Step => {
    const { what, of } = drawStepKind(code)
    const on = of.flatMap((pointer) => extent(pointer) ?? [])
    return { code, ok, detail, what, why: ok ? null : DRAW_TEXTS[code], on, file: fileOfStep(code) }
  })
  return { verdict, steps }
}
