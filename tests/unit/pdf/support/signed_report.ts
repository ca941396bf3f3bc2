import type { Bytes } from '../../../../lib/pki/bytes.ts'
import { parseCertificate } from '../../../../lib/pki/certificate.ts'
import { signRaw } from '../../../../lib/pki/keys.ts'
import { answerTimestampRequest, type TimestampAuthority } from '../../../../lib/pki/timestamp_authority.ts'
import { reportPdf } from '../../../../lib/pdf/report_pdf.ts'
import { signatureField } from '../../../../lib/pdf/report_document.ts'
import { certify } from '../../../../lib/pdf/sign_certify.ts'
import { completeSignature } from '../../../../lib/pdf/sign_complete.ts'
import { prepareSignature } from '../../../../lib/pdf/sign_prepare.ts'
import type { Handwriting } from '../../../../lib/pdf/sign/appearance.ts'
import { makeAuthority, makePerson, makeStamper, type Authority, type Person } from '../../pki/fixtures.ts'
import { PEOPLE, sampleReport } from './sample_report.ts'

export type Signing = {
  authority: Authority
  stamper: TimestampAuthority
  people: Person[]
  base: Bytes
  certified: Bytes
}

export function must<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** Shanghai wall-clock time, as appearances show it. */
export function wallTime(time: Date): string {
  return new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

export function timestamperOf(stamper: TimestampAuthority) {
  return (request: Bytes) => answerTimestampRequest(stamper, request)
}

/** A certified report with the five people of the sample, nobody having signed yet. */
export async function certifiedReport(): Promise<Signing> {
  const authority = await makeAuthority()
  const stamper = makeStamper(authority)
  const people: Person[] = []
  for (const [, name, , , , , roster] of PEOPLE) people.push(await makePerson(authority, name, roster))
  const base = must(await reportPdf(sampleReport()))
  const now = stamper.now()
  const { pdf } = must(
    await certify({
      pdf: base,
      seal: authority.seal,
      issuers: [authority.issuing.certificate],
      name: '平台电子签章',
      time: wallTime(now),
      now,
      timestamp: timestamperOf(stamper),
      timestampRoots: [parseCertificate(authority.root.certificate)],
    })
  )
  return { authority, stamper, people, base, certified: pdf }
}

export async function prepareFor(signing: Signing, pdf: Bytes, index: number, handwriting?: Handwriting) {
  const person = signing.people[index]!
  const now = signing.stamper.now()
  return must(
    await prepareSignature({
      pdf,
      fieldName: signatureField(index),
      certificates: [person.certificate, signing.authority.issuing.certificate],
      now,
      appearance: { name: person.name, time: wallTime(now), ...(handwriting ? { handwriting } : {}) },
    })
  )
}

export async function signAs(
  signing: Signing,
  pdf: Bytes,
  index: number,
  handwriting?: Handwriting
): Promise<Bytes> {
  const prepared = await prepareFor(signing, pdf, index, handwriting)
  const signature = await signRaw(signing.people[index]!.keys.privateKey, prepared.signedAttributes)
  const roots = [parseCertificate(signing.authority.root.certificate)]
  return must(
    await completeSignature(prepared, {
      signature,
      timestamp: timestamperOf(signing.stamper),
      timestampRoots: roots,
    })
  ).pdf
}

export async function signAll(signing: Signing, order: readonly number[] = [0, 1, 2, 3, 4]): Promise<Bytes> {
  let pdf = signing.certified
  for (const index of order) pdf = await signAs(signing, pdf, index, index % 2 === 0 ? SCRIBBLE : undefined)
  return pdf
}

export const SCRIBBLE: Handwriting = {
  width: 400,
  height: 160,
  strokes: [
    [
      [40, 60],
      [70, 52],
      [110, 50],
      [150, 48],
    ],
    [
      [95, 30],
      [92, 70],
      [84, 110],
      [60, 140],
    ],
    [
      [180, 40],
      [220, 80],
      [210, 120],
      [260, 100],
      [300, 60],
      [340, 110],
      [370, 90],
    ],
    [[200, 140]],
  ],
}
