import { latin1, sha256, toHex, type Bytes } from '../../../../lib/pki/bytes.ts'
import type { Credential } from '../../../../lib/pki/authority.ts'
import { signedAttributes, signedData } from '../../../../lib/pki/cms_write.ts'
import { signRaw } from '../../../../lib/pki/keys.ts'
import { OID } from '../../../../lib/pki/oids.ts'
import { timestampToken, type TimestampAuthority } from '../../../../lib/pki/timestamp_authority.ts'
import { signatureToDer } from '../../../../lib/pki/verify_signature.ts'
import { CosFile } from '../../../../lib/pdf/cos/file.ts'
import { appendRevision } from '../../../../lib/pdf/cos/increment.ts'
import { entry, nameIn, serialize, type CosValue } from '../../../../lib/pdf/cos/values.ts'
import { prepareFor, type Signing } from './signed_report.ts'

/** What an attacker who holds keys of their own may do differently from the product. */
export type Forgery = {
  edit?: (objects: Map<number, string>, file: CosFile) => void
  signer?: Credential
  extraCertificates?: readonly Bytes[]
  attributes?: (messageDigest: Bytes, certificate: Bytes) => Promise<Bytes>
  stamper?: TimestampAuthority
  token?: (imprint: Bytes) => Promise<Bytes | undefined>
}

/** Signs a field with real cryptography over an increment and a CMS that the forgery shapes. */
export async function forge(
  signing: Signing,
  pdf: Bytes,
  index: number,
  forgery: Forgery = {}
): Promise<Bytes> {
  const prepared = await prepareFor(signing, pdf, index)
  const draft = new CosFile(prepared.preparedPdf)
  const objects = new Map(
    [...draft.sections[draft.last]!.entries.keys()].map((number) => [
      number,
      serialize(draft.object(number)!),
    ])
  )
  const base = new CosFile(pdf)
  forgery.edit?.(objects, base)
  const { bytes, start, end } = placed(base, objects)
  const signer = forgery.signer ?? {
    certificate: signing.people[index]!.certificate,
    privateKey: signing.people[index]!.keys.privateKey,
  }
  const messageDigest = await sha256(bytes.subarray(0, start), bytes.subarray(end))
  const attributes = await (forgery.attributes?.(messageDigest, signer.certificate) ??
    signedAttributes({ contentType: OID.data, messageDigest, certificate: signer.certificate }))
  const signature = signatureToDer(await signRaw(signer.privateKey, attributes))
  const imprint = await sha256(signature)
  const honest = () =>
    timestampToken(forgery.stamper ?? signing.stamper, { imprint, nonce: 5n, certificateWanted: true })
  const token = forgery.token ? await forgery.token(imprint) : await honest()
  const cms = signedData({
    contentType: OID.data,
    certificates: [
      signer.certificate,
      signing.authority.issuing.certificate,
      ...(forgery.extraCertificates ?? []),
    ],
    signedAttributes: attributes,
    signatureAlgorithm: OID.ecdsaWithSha256,
    signature,
    ...(token ? { timestampToken: token } : {}),
  })
  bytes.set(latin1(toHex(cms)), start + 1)
  return bytes
}

/** The increment with its byte range, which is tried until its own length no longer moves it. */
function placed(base: CosFile, objects: Map<number, string>): { bytes: Bytes; start: number; end: number } {
  for (let round = 0; round < 8; round++) {
    const bytes = appendRevision(base, objects)
    const file = new CosFile(bytes)
    const [number] = [...objects].find(([, source]) => source.includes('/ByteRange'))!
    const contents = entry(file.object(number), 'Contents')
    if (contents?.kind !== 'string') throw new Error('no contents')
    const range = `/ByteRange [0 ${contents.start} ${contents.end} ${bytes.length - contents.end}]`
    if (objects.get(number)!.includes(range)) return { bytes, start: contents.start, end: contents.end }
    objects.set(number, objects.get(number)!.replace(/\/ByteRange \[[^\]]*\]/, range))
  }
  throw new Error('the byte range does not settle')
}

/** Object numbers by what they are, for attacks that change one of them. */
export function numbersIn(file: CosFile) {
  const reference = (value: CosValue | undefined) => (value?.kind === 'ref' ? value.number : -1)
  const catalog = file.catalog()
  const pages = entry(catalog, 'Pages')
  const kids = file.resolve(entry(file.resolve(pages), 'Kids'))
  const page = kids?.kind === 'array' ? kids.items.map(reference) : []
  const { entries } = file.sections[file.last]!.trailer
  const fonts = [...file.sections[0]!.entries.keys()].filter(
    (number) => nameIn(file.object(number), 'Subtype') === 'Type0'
  )
  return {
    page,
    root: reference(entries.get('Root')),
    info: reference(entries.get('Info')),
    pages: reference(pages),
    content: page.map((number) => reference(entry(file.object(number), 'Contents'))),
    toUnicode: reference(entry(file.object(fonts[0]!), 'ToUnicode')),
    metadata: reference(entry(catalog, 'Metadata')),
    structure: reference(entry(catalog, 'StructTreeRoot')),
    form: reference(entry(catalog, 'AcroForm')),
  }
}
