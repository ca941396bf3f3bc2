import { m } from '#paraglide/messages.js'
import type { ReportVerdict } from '../../../../lib/pdf/verify_report_pdf.ts'
import { findingText } from './finding_texts.ts'
import type { Standing } from './types.ts'

export interface Outcome {
  kind: 'valid' | 'bad' | 'open'
  title: string
  sub: string
}

/** The one line and its reason. A text that was superseded is not called valid, whole as it may be. */
export function outcomeOf(verdict: ReportVerdict, standing: Standing): Outcome {
  if (
    verdict.verdict === 'unreadable' ||
    verdict.findings.some(({ code }) => code === 'certification_missing')
  )
    return { kind: 'open', title: m.verify_unknown(), sub: m.verify_unreadable_sub() }
  if (verdict.verdict === 'consistent_unknown_signer')
    return { kind: 'open', title: m.verify_unknown(), sub: m.verify_unknown_signer_sub() }
  if (verdict.verdict === 'genuine' && standing === 'superseded')
    return { kind: 'open', title: m.verify_unknown(), sub: m.verify_registered_superseded() }
  if (verdict.verdict === 'genuine') {
    const count = verdict.signatures.filter(({ role }) => role === 'expert').length
    return { kind: 'valid', title: m.verify_genuine(), sub: m.verify_genuine_sub({ count }) }
  }
  const unsigned = verdict.findings.filter(({ code }) => code === 'signature_missing').length
  if (unsigned === verdict.findings.length)
    return { kind: 'open', title: m.verify_incomplete(), sub: m.verify_incomplete_sub({ count: unsigned }) }
  return { kind: 'bad', title: m.verify_tampered(), sub: tampered(verdict) }
}

function tampered(verdict: ReportVerdict): string {
  const first = verdict.findings.find(({ code }) => code !== 'signature_missing')!
  const what = m.verify_tampered_sub({ what: `${findingText(first.code)}。` })
  const intact = verdict.revisions.findLast(({ end }) => end === verdict.intactLength)
  return `${what}${intact ? m.verify_intact_until({ revision: intact.revision }) : m.verify_nothing_intact()}`
}
