/**
 * Preparing one visible signature in a report of about forty pages: increment with its appearance, place for
 * the signature, byte range, digest and signed attributes. Beside it a whole signature of the same file by
 * `@libpdf/core`, by the same key, with a token of the same time-stamping authority; and the same extent by ours.
 */
import { CryptoKeySigner, PDF } from '@libpdf/core'
import { makeAuthority } from '#bin/bench/support/authority'
import { besideEachOther, ms, percentile, report } from '#bin/bench/support/figures'
import { FIRST_SIGNER, longReport } from '#bin/bench/support/long_report'
import { must } from '#bin/bench/support/must'
import { parseCertificate } from '#lib/pki/certificate'
import { signRaw } from '#lib/pki/keys'
import { answerTimestampRequest } from '#lib/pki/timestamp_authority'
import { randomNonce, timestampRequest } from '#lib/pki/timestamp_request'
import { tokenOfResponse } from '#lib/pki/timestamp_verify'
import { reportPdf } from '#lib/pdf/report_pdf'
import { signatureField } from '#lib/pdf/report_document'
import { certify } from '#lib/pdf/sign_certify'
import { completeSignature } from '#lib/pdf/sign_complete'
import { prepareSignature } from '#lib/pdf/sign_prepare'

const OPINIONS_EACH = 72
const ROUNDS = 60
const TIME = '2026-03-18 16:46:02'

const { root, issuing, seal, timestamps, person } = await makeAuthority(FIRST_SIGNER)
const timestamp = (request: Uint8Array<ArrayBuffer>) => answerTimestampRequest(timestamps, request)
const timestampRoots = [parseCertificate(root.certificate)]
const certified = must(
  'seal',
  await certify({
    pdf: must('report', await reportPdf(longReport(OPINIONS_EACH))),
    seal,
    issuers: [issuing.certificate],
    name: '平台电子签章',
    time: TIME,
    now: new Date(),
    timestamp,
    timestampRoots,
  })
).pdf

const prepare = async () =>
  must(
    'prepare',
    await prepareSignature({
      pdf: certified,
      fieldName: signatureField(0),
      certificates: [person.certificate, issuing.certificate],
      now: new Date(),
      appearance: { name: FIRST_SIGNER.name, time: TIME },
    })
  )

async function signOurs() {
  const prepared = await prepare()
  const signature = await signRaw(person.keys.privateKey, prepared.signedAttributes)
  must('complete', await completeSignature(prepared, { signature, timestamp, timestampRoots }))
}

const signer = new CryptoKeySigner(person.keys.privateKey, person.certificate, 'EC', 'ECDSA', [
  issuing.certificate,
])
const timestampAuthority = {
  timestamp: async (digest: Uint8Array) => {
    const request = timestampRequest(Uint8Array.from(digest), randomNonce())
    return must('token', tokenOfResponse(await timestamp(request)))
  },
}

async function signTheirs(level: 'B-B' | 'B-T') {
  const pdf = await PDF.load(certified)
  await pdf.sign({
    signer,
    fieldName: signatureField(0),
    level,
    ...(level === 'B-T' ? { timestampAuthority } : {}),
  })
}

const pages = (await PDF.load(certified)).getPageCount()
const [prepared, whole, theirsPlain, theirs] = await besideEachOther(ROUNDS, [
  prepare,
  signOurs,
  () => signTheirs('B-B'),
  () => signTheirs('B-T'),
])
const figure = (what: string, ours: number[], beside: string, other: number[]) => ({
  what,
  ours: `${ms(percentile(ours, 0.5))}, p95 ${ms(percentile(ours, 0.95))}`,
  beside: `${ms(percentile(other, 0.5))}, p95 ${ms(percentile(other, 0.95))}: ${beside}`,
  ratio: percentile(ours, 0.5) / percentile(other, 0.5),
  ratioMeans: 'of its time, medians',
})
const size = `${pages} pages, ${(certified.length / 1024).toFixed(0)} kB`
report([
  figure(`prepare one visible signature (${size})`, prepared!, '@libpdf/core, whole B-T signature', theirs!),
  figure('the same', prepared!, '@libpdf/core, whole B-B signature', theirsPlain!),
  figure('prepare, sign, timestamp, check, embed', whole!, '@libpdf/core, whole B-T signature', theirs!),
])
