import { test } from '@japa/runner'
import { concat, equalBytes, latin1, sha256, toHex, utf8, type Bytes } from '../../../lib/pki/bytes.ts'
import { signedAttributes } from '../../../lib/pki/cms_write.ts'
import { integer, octets, oid, sequence, setOf } from '../../../lib/pki/der_write.ts'
import { signingCertificateV2 } from '../../../lib/pki/ess.ts'
import { OID } from '../../../lib/pki/oids.ts'
import { CosFile } from '../../../lib/pdf/cos/file.ts'
import { appendRevision, sizeOf } from '../../../lib/pdf/cos/increment.ts'
import type { PreparedSignature } from '../../../lib/pdf/sign_prepare.ts'
import { checkWhatYouSign } from '../../../lib/pdf/what_you_sign.ts'
import { makePerson } from '../pki/fixtures.ts'
import { flip, replaceText } from './support/alter.ts'
import { numbersIn } from './support/forge.ts'
import { certifiedReport, must, prepareFor, signAs, type Signing } from './support/signed_report.ts'

let signing: Signing
let prepared: PreparedSignature

async function answer(
  changes: { displayed?: Bytes; preparedPdf?: Bytes; signedAttributes?: Bytes; certificate?: Bytes } = {}
): Promise<string> {
  const result = await checkWhatYouSign({
    displayed: signing.certified,
    preparedPdf: prepared.preparedPdf,
    signedAttributes: prepared.signedAttributes,
    certificate: signing.people[3]!.certificate,
    ...changes,
  })
  if (result.ok) return 'ok'
  return 'finding' in result.error ? `${result.error.code}:${result.error.finding}` : result.error.code
}

/** Attributes as a lying server would make them: right in all but what is given. */
async function attributesFor(pdf: Bytes): Promise<Bytes> {
  const [, start, end] = prepared.byteRange
  const shift = pdf.length - prepared.preparedPdf.length
  const messageDigest = await sha256(pdf.subarray(0, start + shift), pdf.subarray(end + shift))
  return signedAttributes({
    contentType: OID.data,
    messageDigest,
    certificate: signing.people[3]!.certificate,
  })
}

test.group('what you see is what you sign', (group) => {
  group.setup(async () => {
    signing = await certifiedReport()
    const head = await signAs(signing, signing.certified, 0)
    prepared = await prepareFor(signing, head, 3)
  })

  test('the honest case holds, with a colleague having signed in between', async ({ assert }) => {
    assert.equal(await answer(), 'ok')
    const result = await checkWhatYouSign({
      displayed: signing.certified,
      ...prepared,
      certificate: signing.people[3]!.certificate,
    })
    assert.deepEqual(result.ok && [result.value.fieldName, result.value.certifiedDigest], [
      'sig_04',
      toHex(await sha256(signing.certified)),
    ])
  })

  test('a malicious server cannot put another document under the signature', async ({ assert }) => {
    const other = flip(prepared.preparedPdf, 5000)
    assert.equal(
      await answer({ preparedPdf: other, signedAttributes: await attributesFor(other) }),
      'not_the_document_you_read'
    )
    assert.equal(await answer({ displayed: signing.certified.slice(0, -1) }), 'not_the_document_you_read')
    assert.equal(await answer({ displayed: flip(signing.certified, 9000) }), 'not_the_document_you_read')
  })

  test('a malicious server cannot have a digest of something else signed', async ({ assert }) => {
    const messageDigest = await sha256(utf8('欠条'))
    const certificate = signing.people[3]!.certificate
    assert.equal(
      await answer({
        signedAttributes: await signedAttributes({ contentType: OID.data, messageDigest, certificate }),
      }),
      'digest_differs'
    )
  })

  test('a malicious server cannot have another certificate signed for', async ({ assert }) => {
    const [, start, end] = prepared.byteRange
    const messageDigest = await sha256(
      prepared.preparedPdf.subarray(0, start),
      prepared.preparedPdf.subarray(end)
    )
    const twin = await makePerson(signing.authority, '莫志坚', 'JK-2026-0004')
    assert.equal(
      await answer({
        signedAttributes: await signedAttributes({
          contentType: OID.data,
          messageDigest,
          certificate: twin.certificate,
        }),
      }),
      'certificate_differs'
    )
  })

  test('a malicious server cannot slip in another attribute, or another type', async ({ assert }) => {
    const [, start, end] = prepared.byteRange
    const digest = await sha256(prepared.preparedPdf.subarray(0, start), prepared.preparedPdf.subarray(end))
    const certificate = signing.people[3]!.certificate
    const attribute = (type: string, value: Bytes) => sequence(oid(type), setOf(value))
    const three = [
      attribute(OID.contentType, oid(OID.data)),
      attribute(OID.messageDigest, octets(digest)),
      attribute(OID.signingCertificateV2, await signingCertificateV2(certificate)),
    ]
    assert.equal(await answer({ signedAttributes: setOf(...three) }), 'ok')
    assert.equal(
      await answer({ signedAttributes: setOf(...three, attribute('1.2.3.4', integer(1))) }),
      'attributes_unexpected'
    )
    assert.equal(
      await answer({
        signedAttributes: setOf(attribute(OID.contentType, oid(OID.tstInfo)), three[1]!, three[2]!),
      }),
      'content_type_differs'
    )
    assert.equal(
      await answer({ signedAttributes: prepared.signedAttributes.slice(0, -3) }),
      'attributes_malformed'
    )
    // A bare hash instead of attributes is what this design refuses to sign.
    assert.equal(await answer({ signedAttributes: digest }), 'attributes_malformed')
  })

  test('what is handed to the key was made here, not by the server', async ({ assert }) => {
    const given = prepared.signedAttributes.slice()
    const result = must(
      await checkWhatYouSign({
        displayed: signing.certified,
        preparedPdf: prepared.preparedPdf,
        signedAttributes: given,
        certificate: signing.people[3]!.certificate,
      })
    )
    given.fill(0)
    assert.deepEqual(result.signedAttributes, prepared.signedAttributes)
  })

  test("a malicious server cannot have somebody sign in a colleague's field", async ({ assert }) => {
    const forE = await prepareFor(signing, signing.certified, 4)
    assert.equal(
      await answer({ preparedPdf: forE.preparedPdf, signedAttributes: forE.signedAttributes }),
      'not_your_field'
    )
    assert.equal(await answer({ preparedPdf: signing.certified }), 'nothing_to_sign')
  })

  test('a malicious server cannot add anything to the increment, or before it', async ({ assert }) => {
    const file = new CosFile(signing.certified)
    const page = numbersIn(file).content[3]!
    const overlaid = appendRevision(
      file,
      new Map([
        [page, '<</Length 0>>\nstream\n\nendstream'],
        [sizeOf(file), '<</Type /Annot /Subtype /Stamp>>'],
      ])
    )
    const onTop = await prepareFor(signing, overlaid, 3)
    assert.equal(
      await answer({ preparedPdf: onTop.preparedPdf, signedAttributes: onTop.signedAttributes }),
      'change_not_allowed:revision_without_signature'
    )
    const trailing = concat(prepared.preparedPdf, latin1('%x\n'))
    assert.equal(
      await answer({ preparedPdf: trailing, signedAttributes: await attributesFor(trailing) }),
      'change_not_allowed:bytes_after_end'
    )
  })

  test('an appearance that says more than name and time is refused', async ({ assert }) => {
    const changed = replaceText(prepared.preparedPdf, ' rg /F1 19 Tf', ' rg /F1 99 TJ', 'last')
    assert.isFalse(equalBytes(changed, prepared.preparedPdf))
    assert.equal(
      await answer({ preparedPdf: changed, signedAttributes: await attributesFor(changed) }),
      'change_not_allowed:appearance_not_allowed'
    )
  })

  test('the range must leave out the empty signature and nothing else', async ({ assert }) => {
    const [, start] = prepared.byteRange
    const moved = replaceText(
      prepared.preparedPdf,
      String(start).padStart(10),
      String(start - 2).padStart(10),
      'last'
    )
    assert.equal(
      await answer({ preparedPdf: moved, signedAttributes: await attributesFor(moved) }),
      'byte_range_differs'
    )
    const filled = prepared.preparedPdf.slice()
    filled[start + 9] = 0x31
    assert.equal(
      await answer({ preparedPdf: filled, signedAttributes: await attributesFor(filled) }),
      'contents_not_empty'
    )
  })
})
