import { makeAuthority } from '#bin/bench/support/authority'
import { longReport, SIGNERS } from '#bin/bench/support/long_report'
import { must } from '#bin/bench/support/must'
import { parseCertificate } from '#lib/pki/certificate'
import { signRaw } from '#lib/pki/keys'
import { answerTimestampRequest } from '#lib/pki/timestamp_authority'
import { reportPdf } from '#lib/pdf/report_pdf'
import { signatureField } from '#lib/pdf/report_document'
import { certify } from '#lib/pdf/sign_certify'
import { completeSignature, type Timestamper } from '#lib/pdf/sign_complete'
import { prepareSignature } from '#lib/pdf/sign_prepare'

/** The wall clock of Asia/Shanghai, as it is drawn beside a name; the verifier compares it with the timestamp. */
const wallTime = (now: Date) =>
  new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** A sealed report, and signing it as one of its five experts. */
export async function certifiedReport(opinionsEach: number) {
  const { root, issuing, seal, timestamps, people } = await makeAuthority(SIGNERS)
  const timestamp: Timestamper = (request) => answerTimestampRequest(timestamps, request)
  const timestampRoots = [parseCertificate(root.certificate)]
  const sealedAt = new Date()
  const { pdf: certified } = must(
    'seal',
    await certify({
      pdf: must('report', await reportPdf(longReport(opinionsEach))),
      seal,
      issuers: [issuing.certificate],
      name: '平台电子签章',
      time: wallTime(sealedAt),
      now: sealedAt,
      timestamp,
      timestampRoots,
    })
  )
  const prepare = async (pdf: Uint8Array<ArrayBuffer>, index: number) => {
    const now = new Date()
    return must(
      'prepare',
      await prepareSignature({
        pdf,
        fieldName: signatureField(index),
        certificates: [people[index]!.certificate, issuing.certificate],
        now,
        appearance: { name: people[index]!.name, time: wallTime(now) },
      })
    )
  }
  const sign = async (pdf: Uint8Array<ArrayBuffer>, index: number) => {
    const prepared = await prepare(pdf, index)
    const signature = await signRaw(people[index]!.keys.privateKey, prepared.signedAttributes)
    return must('complete', await completeSignature(prepared, { signature, timestamp, timestampRoots })).pdf
  }
  return { certified, root, issuing, people, timestamp, prepare, sign }
}
