import type { Actor } from '#core/actor'
import { fromBase64 } from '#lib/bytes'
import type { Bytes } from '#lib/pki/bytes'
import { createRequest } from '#lib/pki/certificate_request'
import { generateKeys, signRaw } from '#lib/pki/keys'
import { enrolCertificate, subjectOf } from '#pki/public'
import { certifyReport, completeFor, prepareFor, reportOfReview } from '#reports/public'
import { must } from '#demo/acting_as'
import type { SeededMeeting } from '#demo/seed_meeting'

/** The leader has read the text over and has it certified: the signing is open. */
export async function certifySeeded({ reviewId, members }: SeededMeeting): Promise<void> {
  const report = await reportOf(reviewId)
  must('report', await certifyReport(members[0]!.actor, report, { revision: report.texts_revision }))
}

/** `count` members sign, the leader last, each with a fresh key that is thrown away. */
export async function signSeeded({ reviewId, members }: SeededMeeting, count: number): Promise<void> {
  const [leader, ...others] = members
  for (const { actor } of [...others, leader!].slice(0, count)) await sign(actor, reviewId)
}

async function sign(actor: Actor, reviewId: string): Promise<void> {
  const keys = await generateKeys(false)
  const request = await createRequest(keys, { commonName: '-' })
  const person = await subjectOf(actor)
  const { sha256 } = must('certificate', await enrolCertificate(actor, { request, person }))
  const given = { certificateSha256: sha256, handwriting: null }
  const prepared = must('preparation', await prepareFor(actor, await reportOf(reviewId), given))
  if (prepared.waiting) throw new Error('Demo: somebody else is signing')
  const attributes = fromBase64(prepared.attributesBase64) as Bytes
  const signature = await signRaw(keys.privateKey, attributes)
  const { leaseToken } = prepared
  must('signature', await completeFor(actor, await reportOf(reviewId), { leaseToken, signature }))
}

async function reportOf(reviewId: string) {
  const report = await reportOfReview(reviewId)
  if (!report) throw new Error(`Demo: review ${reviewId} has no report`)
  return report
}
