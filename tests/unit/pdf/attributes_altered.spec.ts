import { test } from '@japa/runner'
import { concat, equalBytes, sha256, toHex, utf8, type Bytes } from '../../../lib/pki/bytes.ts'
import { parseCertificate } from '../../../lib/pki/certificate.ts'
import { children, readDer, type DerNode } from '../../../lib/pki/der_read.ts'
import {
  explicit,
  generalizedTime,
  integer,
  octets,
  oid,
  sequence,
  setOf,
  tlv,
} from '../../../lib/pki/der_write.ts'
import { signingCertificateV2 } from '../../../lib/pki/ess.ts'
import { OID } from '../../../lib/pki/oids.ts'
import { attributesProblem } from '../../../lib/pdf/sign/attributes_problem.ts'
import type { PreparedSignature } from '../../../lib/pdf/sign_prepare.ts'
import { checkWhatYouSign } from '../../../lib/pdf/what_you_sign.ts'
import { START } from '../pki/fixtures.ts'
import { flip, splice } from './support/alter.ts'
import { certifiedReport, prepareFor, type Signing } from './support/signed_report.ts'

let signing: Signing
let prepared: PreparedSignature
let honest: Bytes
let certificate: Bytes
let digest: Bytes

async function answer(signedAttributes: Bytes): Promise<string> {
  const { certified: displayed } = signing
  const { preparedPdf } = prepared
  const result = await checkWhatYouSign({ displayed, preparedPdf, signedAttributes, certificate })
  return result.ok ? 'ok' : result.error.code
}

const attribute = (type: string, ...values: Bytes[]) => sequence(oid(type), setOf(...values))
const at = (needle: Uint8Array) => Buffer.from(honest).indexOf(needle)
const essOf = (...parts: Bytes[]) => attribute(OID.signingCertificateV2, sequence(sequence(...parts)))

/** The three as they are due, for changes to one of them. */
const three = async () => [
  attribute(OID.contentType, oid(OID.data)),
  attribute(OID.messageDigest, octets(digest)),
  attribute(OID.signingCertificateV2, await signingCertificateV2(certificate)),
]
const withPart = async (index: number, part: Bytes) => setOf(...(await three()).with(index, part))
const withEss = (...parts: Bytes[]) => withPart(2, essOf(...parts))
const withDigest = (...values: Bytes[]) => withPart(1, attribute(OID.messageDigest, ...values))

async function essParts() {
  const { issuer, serial } = parseCertificate(certificate)
  const hash = octets(await sha256(certificate))
  return { hash, issuer, serial, named: sequence(sequence(explicit(4, issuer)), integer(serial)) }
}

/** Every way to spell or to stuff the attributes otherwise that a reader could overlook. */
const ALTERED: [string, () => Promise<Bytes>, string][] = [
  ['nothing', async () => setOf(), 'attributes_unexpected'],
  ['no bytes', async () => new Uint8Array(), 'attributes_malformed'],
  ['a bare hash', async () => digest, 'attributes_malformed'],
  ['the document itself', async () => signing.certified, 'attributes_malformed'],
  [
    'the tag they travel under in the CMS',
    async () => splice(honest, 0, 1, Uint8Array.of(0xa0)),
    'attributes_malformed',
  ],
  ['a byte behind the end', async () => concat(honest, Uint8Array.of(0)), 'attributes_malformed'],
  ['a longer spelling of the length', async () => longLength(), 'attributes_malformed'],
  [
    'indefinite length',
    async () => concat(Uint8Array.of(0x31, 0x80), readDer(honest).content, new Uint8Array(2)),
    'attributes_malformed',
  ],
  [
    'another order',
    async () =>
      tlv(
        0x31,
        ...children(readDer(honest))
          .map(({ bytes }) => bytes)
          .reverse()
      ),
    'attributes_malformed',
  ],
  ['a type spelt with a leading zero', async () => paddedType(), 'attributes_malformed'],
  ['content type left out', async () => setOf(...(await three()).slice(1)), 'attributes_unexpected'],
  ['digest left out', async () => setOf(...(await three()).toSpliced(1, 1)), 'attributes_unexpected'],
  ['certificate left out', async () => setOf(...(await three()).slice(0, 2)), 'attributes_unexpected'],
  [
    'one in place of another',
    async () => withPart(0, attribute('1.2.840.113549.1.9.4.1', octets(digest))),
    'attributes_unexpected',
  ],
  [
    'the digest twice',
    async () => setOf(...(await three()), attribute(OID.messageDigest, octets(digest))),
    'attributes_malformed',
  ],
  [
    'a digest of two values',
    () => withDigest(octets(digest), octets(new Uint8Array(32))),
    'attributes_malformed',
  ],
  ['a digest of no value', () => withDigest(), 'attributes_malformed'],
  [
    'signing time',
    async () => setOf(...(await three()), attribute(OID.signingTime, generalizedTime(START))),
    'attributes_unexpected',
  ],
  [
    'a commitment',
    async () =>
      setOf(
        ...(await three()),
        attribute('1.2.840.113549.1.9.16.2.16', sequence(oid('1.2.840.113549.1.9.16.6.1')))
      ),
    'attributes_unexpected',
  ],
  [
    'a policy',
    async () => setOf(...(await three()), attribute('1.2.840.113549.1.9.16.2.15', sequence(oid('1.2.3')))),
    'attributes_unexpected',
  ],
  [
    'content type of a timestamp',
    () => withPart(0, attribute(OID.contentType, oid(OID.tstInfo))),
    'content_type_differs',
  ],
  [
    'content type as text',
    () => withPart(0, attribute(OID.contentType, octets(utf8('data')))),
    'content_type_differs',
  ],
  ['a digest of other bytes', () => withDigest(octets(new Uint8Array(32))), 'digest_differs'],
  ['a digest cut short', () => withDigest(octets(digest.subarray(1))), 'digest_differs'],
  ['a digest with a byte more', () => withDigest(octets(concat(digest, Uint8Array.of(0)))), 'digest_differs'],
  ['a digest of another tag', () => withDigest(tlv(0x0c, digest)), 'digest_differs'],
  [
    'the digest of the certified file alone',
    async () => withDigest(octets(await sha256(signing.certified))),
    'digest_differs',
  ],
  [
    "a colleague's certificate",
    async () =>
      withPart(
        2,
        attribute(OID.signingCertificateV2, await signingCertificateV2(signing.people[1]!.certificate))
      ),
    'certificate_differs',
  ],
  ['no issuer and serial', async () => withEss(sequence((await essParts()).hash)), 'certificate_differs'],
  ['another issuer', async () => withOtherIssuer(), 'certificate_differs'],
  ['another serial', async () => withOtherSerial(), 'certificate_differs'],
  [
    'a hash algorithm spelt out',
    async () => {
      const { hash, named } = await essParts()
      return withEss(sequence(sequence(oid(OID.sha256)), hash, named))
    },
    'certificate_differs',
  ],
  [
    'a second certificate behind the first',
    async () => {
      const { hash, named } = await essParts()
      return withEss(sequence(hash, named), sequence(octets(new Uint8Array(32))))
    },
    'certificate_differs',
  ],
  [
    'a policy behind the certificate',
    async () => {
      const { hash, named } = await essParts()
      const policies = sequence(sequence(oid('1.2.3')))
      return withPart(
        2,
        attribute(OID.signingCertificateV2, sequence(sequence(sequence(hash, named)), policies))
      )
    },
    'certificate_differs',
  ],
  ['no certificate in the list', () => withEss(), 'certificate_differs'],
]

async function withOtherIssuer(): Promise<Bytes> {
  const { hash, serial } = await essParts()
  const { subject } = parseCertificate(certificate)
  return withEss(sequence(hash, sequence(sequence(explicit(4, subject)), integer(serial))))
}

async function withOtherSerial(): Promise<Bytes> {
  const { hash, issuer, serial } = await essParts()
  return withEss(sequence(hash, sequence(sequence(explicit(4, issuer)), integer(serial + 1n))))
}

function longLength(): Bytes {
  const { content } = readDer(honest)
  return concat(Uint8Array.of(0x31, 0x83, 0, content.length >> 8, content.length & 0xff), content)
}

/** 0x80 in front of an arc adds nothing to its value: the same type for a lax reader (X.690, 8.19.2 forbids it). */
function paddedType(): Bytes {
  const parts = children(readDer(honest)).map((node) => {
    const [type, values] = children(node) as [DerNode, DerNode]
    if (!equalBytes(type.bytes, oid(OID.contentType))) return node.bytes
    const content = concat(type.content.subarray(0, -1), Uint8Array.of(0x80), type.content.subarray(-1))
    return sequence(tlv(0x06, content), values.bytes)
  })
  return setOf(...parts)
}

test.group('signed attributes that are not the ones due', (group) => {
  group.setup(async () => {
    signing = await certifiedReport()
    prepared = await prepareFor(signing, signing.certified, 3)
    honest = prepared.signedAttributes
    certificate = signing.people[3]!.certificate
    const [, start, end] = prepared.byteRange
    digest = await sha256(prepared.preparedPdf.subarray(0, start), prepared.preparedPdf.subarray(end))
  })

  test('the ones due are accepted, so that the refusals below mean something', async ({ assert }) => {
    assert.equal(await answer(honest), 'ok')
    assert.equal(await answer(setOf(...(await three()))), 'ok')
  })

  test('each is refused, by its code: {name}')
    .with(ALTERED.map(([name], index) => ({ name, index })))
    .run(async ({ assert }, { index }) => {
      const [, alter, code] = ALTERED[index]!
      assert.equal(await answer(await alter()), code)
    })

  test('each byte changed: refused, by the name of what it belongs to', async ({ assert }) => {
    const named = new Map<string, number>()
    const places = [
      { code: 'content_type_differs', start: at(oid(OID.data)), length: oid(OID.data).length },
      { code: 'digest_differs', start: at(digest), length: 32 },
      { code: 'certificate_differs', start: at(await sha256(certificate)), length: 32 },
      { code: 'certificate_differs', start: at(parseCertificate(certificate).issuer) + 20, length: 3 },
    ]
    for (let offset = 0; offset < honest.length; offset++) {
      const code = await answer(flip(honest, offset))
      named.set(code, (named.get(code) ?? 0) + 1)
      const place = places.find(({ start, length }) => offset >= start + 2 && offset < start + length)
      if (place) assert.equal(code, place.code, `byte ${offset} of ${toHex(honest)}`)
    }
    assert.sameMembers(
      [...named.keys()],
      [
        'attributes_malformed',
        'attributes_unexpected',
        'content_type_differs',
        'digest_differs',
        'certificate_differs',
      ]
    )
    assert.equal(
      [...named.values()].reduce((sum, count) => sum + count),
      honest.length
    )
  }).timeout(120_000)

  test('each byte to each other value, dropped, or doubled: never accepted', ({ assert }) => {
    for (let offset = 0; offset < honest.length; offset++) {
      for (let mask = 1; mask < 256; mask++) {
        if (!attributesProblem(flip(honest, offset, mask), honest)) assert.fail(`byte ${offset} xor ${mask}`)
      }
      const dropped = splice(honest, offset, offset + 1, new Uint8Array())
      const doubled = splice(honest, offset, offset, honest.subarray(offset, offset + 1))
      for (const altered of [dropped, doubled])
        assert.isDefined(attributesProblem(altered, honest), `${offset}`)
    }
    assert.isUndefined(attributesProblem(honest.slice(), honest))
  })
})
