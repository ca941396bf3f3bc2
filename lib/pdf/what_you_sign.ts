import { fail, ok, type Result } from '../result.ts'
import { equalBytes, sha256, toHex, type Bytes } from '../pki/bytes.ts'
import { commonNameOf, parseCertificate } from '../pki/certificate.ts'
import { signedAttributes } from '../pki/cms_write.ts'
import { DerError } from '../pki/der_read.ts'
import { OID } from '../pki/oids.ts'
import { CosFile } from './cos/file.ts'
import { entry, numbersOf } from './cos/values.ts'
import { attributesProblem, type AttributesProblem } from './sign/attributes_problem.ts'
import { signatureFields, type SignatureField } from './sign/fields.ts'
import { isDamage } from './verify/damage.ts'
import type { FindingCode } from './verify/findings.ts'
import { judgeRevision } from './verify/judge_revision.ts'
import { ObjectRoles } from './verify/object_roles.ts'

export type WhatYouSignError =
  | {
      code:
        | 'not_the_document_you_read'
        | 'not_your_field'
        | 'nothing_to_sign'
        | 'byte_range_differs'
        | 'contents_not_empty'
        | 'document_damaged'
    }
  | { code: AttributesProblem }
  | { code: 'change_not_allowed'; finding: FindingCode }

/**
 * What the person is about to sign, once everything holds. `certifiedDigest` is the report's fingerprint;
 * `signedAttributes` were made here, not taken over from the server.
 */
export type WhatYouSign = { fieldName: string; certifiedDigest: string; signedAttributes: Bytes }

/**
 * What you see is what you sign, checked in the signer's own browser against a server that may lie: the prepared
 * file begins with the very certified bytes that were displayed; each revision since only fills one field; the
 * last fills this person's own. The attributes to be signed (content type, digest of just those bytes, this
 * person's certificate: ETSI EN 319 142-1) are made anew from what is known here, and the server's must be the
 * same byte for byte. Sign the `signedAttributes` of the answer, nothing else.
 */
export async function checkWhatYouSign(input: {
  /** The certified revision, as the page displayed it. */
  displayed: Bytes
  preparedPdf: Bytes
  signedAttributes: Bytes
  /** The person's own certificate, from their own store, not from the server's answer. */
  certificate: Bytes
}): Promise<Result<WhatYouSign, WhatYouSignError>> {
  const { displayed, preparedPdf } = input
  if (!equalBytes(preparedPdf.subarray(0, displayed.length), displayed))
    return fail({ code: 'not_the_document_you_read' })
  try {
    const file = new CosFile(preparedPdf)
    const document = checkDocument(file, displayed.length, input.certificate)
    if (!document.ok) return document
    const range = coveredRange(file, document.value.signature)
    if (!range.ok) return range
    const digest = await sha256(
      preparedPdf.subarray(0, range.value.start),
      preparedPdf.subarray(range.value.end)
    )
    const due = await signedAttributes({
      contentType: OID.data,
      messageDigest: digest,
      certificate: input.certificate,
    })
    const problem = attributesProblem(input.signedAttributes, due)
    if (problem) return fail({ code: problem })
    return ok({
      fieldName: document.value.field.name,
      certifiedDigest: toHex(await sha256(displayed)),
      signedAttributes: due,
    })
  } catch (error) {
    // Whatever cannot be read is not signed.
    if (!isDamage(error) && !(error instanceof DerError)) throw error
    return fail({ code: 'document_damaged' })
  }
}

function checkDocument(
  file: CosFile,
  displayedLength: number,
  certificate: Bytes
): Result<{ field: SignatureField; signature: number }, WhatYouSignError> {
  const certified = file.sections.findIndex(({ end }) => end === displayedLength)
  if (certified < 0) return fail({ code: 'not_the_document_you_read' })
  if (certified === file.last) return fail({ code: 'nothing_to_sign' })
  if (file.sections[file.last]!.end !== file.bytes.length)
    return fail({ code: 'change_not_allowed', finding: 'bytes_after_end' })
  const fields = signatureFields(file, certified)
  const context = { file, certified, fields, roles: new ObjectRoles(file, certified, fields) }
  let own
  for (let revision = certified + 1; revision <= file.last; revision++) {
    const { findings, filled } = judgeRevision(context, revision)
    if (findings[0]) return fail({ code: 'change_not_allowed', finding: findings[0].code })
    own = filled
  }
  const signer = parseCertificate(certificate)
  const expected = own?.field.expected
  if (
    !own ||
    !expected ||
    expected.name !== commonNameOf(signer) ||
    expected.rosterNumber !== (signer.subjectNames.get(OID.serialNumber) ?? '')
  ) {
    return fail({ code: 'not_your_field' })
  }
  return ok(own)
}

/** The bytes around an empty /Contents: all of the file but the place that the signature will take. */
function coveredRange(
  file: CosFile,
  signature: number
): Result<{ start: number; end: number }, WhatYouSignError> {
  const dictionary = file.object(signature)
  const contents = entry(dictionary, 'Contents')
  const range = numbersOf(entry(dictionary, 'ByteRange'))
  if (contents?.kind !== 'string' || contents.bytes.some((byte) => byte !== 0))
    return fail({ code: 'contents_not_empty' })
  const { start, end } = contents
  const due = [0, start, end, file.bytes.length - end]
  if (range?.length !== 4 || due.some((number, index) => range[index] !== number))
    return fail({ code: 'byte_range_differs' })
  return ok({ start, end })
}
