import { utf8 as utf8Bytes } from '../bytes.ts'
import { parseStrictJson, type Json } from '../canonical_json.ts'
import type { BundleCheck } from '../bundle/checks.ts'
import { readZip } from '../bundle/read_zip.ts'
import { verifyBundle } from '../bundle/verify_bundle.ts'
import { SPOT_CHECK_FORMAT } from '../draw/spot_check_evidence.ts'
import { SIGNED_YEAR_FORMAT } from '../draw/fairness/signed_year.ts'
import { verifySignedYear } from '../draw/fairness/verify_signed_year.ts'
import { verifyDrawEvidenceText } from '../draw/verify_evidence.ts'
import { verifySpotCheck } from '../draw/verify_spot_check.ts'
import { verifyLedgerFolder, type LedgerCheckCode, type ReadFile } from '../ledger/verify_folder.ts'
import { verifyReportPdf } from '../pdf/verify_report_pdf.ts'
import { anchorsOf } from '../pki/anchors.ts'
import { BUNDLE_WHAT } from './bundle_texts.ts'
import { drawStepKind } from './draw_steps.ts'
import { extentOfBytes, jsonExtents, type Extent } from './extents.ts'
import { LEDGER_STEPS } from './ledger_steps.ts'
import type { InputCode, Step, StepCode, Verified } from './outcome.ts'
import { ReadLog } from './read_log.ts'
import { spotCheckStepKind } from './spot_check_texts.ts'
import type { Text } from './texts.ts'
import type { Trust } from './trust.ts'
import { yearStepWhat } from './year_texts.ts'

export type Input =
  | {
      /** As it is shown. */
      readonly name: string
      /** The content, or why there is none. */
      readonly bytes: Uint8Array | 'nothing_there' | 'not_readable'
    }
  /** A folder that holds a ledger, by its files. */
  | { readonly name: string; readonly ledger: ReadFile }

/** Tells by its content what an input is, and verifies it. */
export async function verifyInput(input: Input, trust: Trust): Promise<Verified> {
  if ('ledger' in input) return ledger(input.name, input.ledger, trust)
  const { name, bytes } = input
  if (typeof bytes === 'string') return unreadable(name, bytes)
  if (startsWith(bytes, '%PDF-')) return report(name, bytes, trust)
  if (startsWith(bytes, 'PK\u0003\u0004')) return bundle(name, bytes, trust)
  const text = utf8(bytes)
  if (text?.trimStart().startsWith('{')) return evidence(name, text, trust)
  return unreadable(name, 'unknown_kind')
}

async function bundle(input: string, bytes: Uint8Array, trust: Trust): Promise<Verified> {
  const files = readZip(bytes)
  if (!files.ok) {
    const { code, path } = files.error
    const detail = [code, path].filter(Boolean).join(' ')
    const on = [extentOfBytes(`0–${bytes.length}`, bytes)]
    return {
      input,
      kind: 'bundle',
      verdict: 'unreadable',
      steps: [step('zip_refused', false, detail, null, on)],
    }
  }
  const { verdict, checks } = await verifyBundle(files.value, trust.ledger, anchorsOf(trust.roots))
  const extents = new Map<string, Extent>()
  const extentOf = (path: string) => {
    const content = files.value.get(path)
    if (content && !extents.has(path)) extents.set(path, extentOfBytes(path, content))
    return extents.get(path) ?? []
  }
  const steps = checks.map(({ of, ...check }): Step => {
    const what = isLedgerCode(check.code) ? LEDGER_STEPS[check.code].what : BUNDLE_WHAT[check.code]
    return { ...check, what, on: of.flatMap(extentOf) }
  })
  return { input, kind: 'bundle', verdict, steps }
}

function isLedgerCode(code: BundleCheck['code']): code is LedgerCheckCode {
  return code.startsWith('ledger_')
}

async function ledger(input: string, read: ReadFile, trust: Trust): Promise<Verified> {
  const log = new ReadLog(read)
  const { verdict, checks } = await verifyLedgerFolder(log.read, trust.ledger, anchorsOf(trust.roots))
  const steps = checks.map((check): Step => {
    const { what, of } = LEDGER_STEPS[check.code]
    return { ...check, what, on: log.extents(of) }
  })
  return { input, kind: 'ledger', verdict, steps }
}

function evidence(input: string, text: string, trust: Trust): Verified {
  const parsed = parseStrictJson(text)
  if (parsed.ok && isOf(parsed.value, SPOT_CHECK_FORMAT)) return spotCheck(input, parsed.value, trust)
  if (parsed.ok && isOf(parsed.value, SIGNED_YEAR_FORMAT)) return yearOfDraws(input, parsed.value, trust)
  const { verdict, checks } = verifyDrawEvidenceText(text, trust.draw)
  const extent = parsed.ok ? jsonExtents(parsed.value) : () => extentOfBytes('/', utf8Bytes(text))
  const steps = checks.map((check): Step => {
    const { what, of } = drawStepKind(check.code)
    return { ...check, what, on: of.flatMap((pointer) => extent(pointer) ?? []) }
  })
  return { input, kind: 'draw_evidence', verdict, steps }
}

function isOf(value: Json, format: string): boolean {
  return (value as { format?: unknown } | null)?.format === format
}

function yearOfDraws(input: string, value: Json, trust: Trust): Verified {
  const { verdict, checks } = verifySignedYear(value, trust.ledger)
  const extent = jsonExtents(value)
  const on = ['/checkpoint', '/entries', '/beside', '/others'].flatMap((pointer) => extent(pointer) ?? [])
  const steps = checks.map((check): Step => ({ ...check, what: yearStepWhat(check.code), on }))
  return { input, kind: 'year_of_draws', verdict, steps }
}

function spotCheck(input: string, value: Json, trust: Trust): Verified {
  const { verdict, checks } = verifySpotCheck(value, trust.draw)
  const extent = jsonExtents(value)
  const steps = checks.map((check): Step => {
    const { what, of } = spotCheckStepKind(check.code)
    return { ...check, what, on: of.flatMap((pointer) => extent(pointer) ?? []) }
  })
  return { input, kind: 'spot_check_evidence', verdict, steps }
}

async function report(input: string, bytes: Uint8Array, trust: Trust): Promise<Verified> {
  const outcome = await verifyReportPdf(bytes as Uint8Array<ArrayBuffer>, { roots: trust.roots })
  const whole = extentOfBytes(`0–${bytes.length}`, bytes)
  const until = new Map(outcome.revisions.map(({ revision, end }) => [revision, end]))
  const revision = (number: number | undefined) => {
    const end = number === undefined ? undefined : until.get(number)
    return end === undefined ? whole : extentOfBytes(`0–${end}`, bytes.subarray(0, end))
  }
  const signatures = outcome.signatures
    .filter(({ failures }) => failures.length === 0)
    .map((one) => {
      return step('signature', true, `${one.field} ${one.signerName}`, SIGNATURE, [revision(one.revision)])
    })
  const findings = outcome.findings.map(({ code, ...place }) => {
    const detail = Object.entries(place).map(([key, value]) => `${key} ${value}`)
    const on = [revision(place.revision)]
    return step(code, false, detail.length > 0 ? detail.join(', ') : null, null, on)
  })
  // A file that fails otherwise is not excused by a root, and one without any has nothing to fail.
  const rooted =
    findings.length === 0
      ? [step('root_trusted', outcome.verdict === 'genuine', null, ROOT_TRUSTED, [whole])]
      : []
  return {
    input,
    kind: 'report_pdf',
    verdict: outcome.verdict,
    steps: [...signatures, ...findings, ...rooted],
  }
}

const SIGNATURE: Text = [
  '签名、证书链、时间戳、覆盖的字节，以及此后的改动是否允许',
  'signature, chain, timestamp, bytes covered, and whether later changes are permitted',
]
const ROOT_TRUSTED: Text = ['签名的根证书是登记的', 'the signatures lead to a pinned root']

function step(
  code: StepCode,
  ok: boolean,
  detail: string | null,
  what: Text | null,
  on: readonly Extent[]
): Step {
  return { code, ok, detail, what, on }
}

function unreadable(input: string, code: InputCode): Verified {
  const steps = [step(code, false, null, null, [])]
  return { input, kind: 'unknown', verdict: 'unreadable', steps }
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((char, i) => bytes[i] === char.charCodeAt(0))
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
