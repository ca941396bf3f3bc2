/**
 * Preparing one visible signature in a report of about forty pages: increment with its appearance, place for
 * the signature, byte range, digest and signed attributes. Beside it a whole signature of the same file by
 * `@libpdf/core`, by the same key, with a token of the same time-stamping authority; and the same extent by ours.
 */
import { CryptoKeySigner, PDF } from '@libpdf/core'
import { besideEachOther, ms, percentile, report } from '#bin/bench/support/figures'
import { certifiedReport } from '#bin/bench/support/certified_report'
import { must } from '#bin/bench/support/must'
import { randomNonce, timestampRequest } from '#lib/pki/timestamp_request'
import { tokenOfResponse } from '#lib/pki/timestamp_verify'
import { signatureField } from '#lib/pdf/report_document'

const OPINIONS_EACH = 74
const ROUNDS = 60

const { certified, issuing, people, timestamp, prepare, sign } = await certifiedReport(OPINIONS_EACH)
const [person] = people
const signer = new CryptoKeySigner(person!.keys.privateKey, person!.certificate, 'EC', 'ECDSA', [
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
  () => prepare(certified, 0),
  () => sign(certified, 0),
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
