import { certifiedReport } from '#bin/bench/support/certified_report'
import { SIGNERS } from '#bin/bench/support/long_report'
import { seeded } from '#bin/bench/support/seeded'
import { altered, sameBytes, verdictOf } from '#bin/soak/support/alter'
import type { Soak } from '#bin/soak/support/outcome'
import { toPem } from '#lib/pki/pem'
import { verifyReportPdf } from '#lib/pdf/verify_report_pdf'

/** A report with all its signatures, altered at random: not one alteration may be found genuine. */
export const soak: Soak = async ({ seed, trials }) => {
  const random = seeded(seed)
  const { certified, root, sign } = await certifiedReport(2)
  let signed = certified
  for (const index of SIGNERS.keys()) signed = await sign(signed, index)
  const trust = { roots: [toPem('CERTIFICATE', root.certificate)] }
  const untouched = await verifyReportPdf(signed, trust)
  if (untouched.verdict !== 'genuine') throw new Error(`untouched: ${JSON.stringify(untouched.findings)}`)
  const missed: string[] = []
  for (let trial = 0; trial < trials; trial++) {
    const { bytes, how } = altered(signed, random)
    if (sameBytes(bytes, signed)) continue
    const verdict = await verdictOf(async () => (await verifyReportPdf(bytes, trust)).verdict)
    if (verdict !== 'not_genuine' && verdict !== 'unreadable')
      missed.push(`trial ${trial}: ${how}: ${verdict}`)
  }
  return { what: `alterations of a signed report of ${signed.length} bytes`, trials, missed }
}
