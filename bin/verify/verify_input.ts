import { verifyDrawEvidenceText } from '#lib/draw/verify_evidence'
import { verifyReportPdf } from '#lib/pdf/verify_report_pdf'
import { verifyLedgerFolder } from '#lib/ledger/verify_folder'
import { fileReader, type Input } from '#bin/verify/inputs'
import type { InputCode, Step, StepCode, Verified } from '#bin/verify/outcome'
import type { Trust } from '#bin/verify/trust'

/** Tells by its content what an input is, and verifies it. */
export async function verifyInput(input: Input, trust: Trust): Promise<Verified> {
  if ('ledger' in input) return ledger(input.name, input.ledger, trust)
  const { name, bytes } = input
  if (typeof bytes === 'string') return unreadable(name, bytes)
  if (startsWith(bytes, '%PDF-')) return report(name, bytes, trust)
  const text = utf8(bytes)
  if (text?.trimStart().startsWith('{')) return evidence(name, text, trust)
  return unreadable(name, 'unknown_kind')
}

async function ledger(input: string, folder: string, trust: Trust): Promise<Verified> {
  const { verdict, checks } = await verifyLedgerFolder(fileReader(folder), trust.ledger)
  return { input, kind: 'ledger', verdict, steps: checks }
}

function evidence(input: string, text: string, trust: Trust): Verified {
  const { verdict, checks } = verifyDrawEvidenceText(text, trust.draw)
  return { input, kind: 'draw_evidence', verdict, steps: checks }
}

async function report(input: string, bytes: Uint8Array, trust: Trust): Promise<Verified> {
  const outcome = await verifyReportPdf(bytes as Uint8Array<ArrayBuffer>, { roots: trust.roots })
  const signatures = outcome.signatures
    .filter(({ failures }) => failures.length === 0)
    .map(({ field, signerName }) => step('signature', true, `${field} ${signerName}`))
  const findings = outcome.findings.map(({ code, ...place }) => {
    const detail = Object.entries(place).map(([key, value]) => `${key} ${value}`)
    return step(code, false, detail.length > 0 ? detail.join(', ') : null)
  })
  // A file that fails otherwise is not excused by a root, and one without any has nothing to fail.
  const rooted = findings.length === 0 ? [step('root_trusted', outcome.verdict === 'genuine', null)] : []
  return {
    input,
    kind: 'report_pdf',
    verdict: outcome.verdict,
    steps: [...signatures, ...findings, ...rooted],
  }
}

function step(code: StepCode, ok: boolean, detail: string | null): Step {
  return { code, ok, detail }
}

function unreadable(input: string, code: InputCode): Verified {
  return { input, kind: 'unknown', verdict: 'unreadable', steps: [{ code, ok: false, detail: null }] }
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
