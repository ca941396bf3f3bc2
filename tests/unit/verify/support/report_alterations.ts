import { concat, latin1, toHex, type Bytes } from '../../../../lib/pki/bytes.ts'
import type { Credential } from '../../../../lib/pki/authority.ts'
import { parseCertificate } from '../../../../lib/pki/certificate.ts'
import { readSignedData, type SignedMessage } from '../../../../lib/pki/cms_read.ts'
import { octetsOf, readDerPrefix } from '../../../../lib/pki/der_read.ts'
import { createCredential } from '../../../../lib/pki/end_entity.ts'
import { OID } from '../../../../lib/pki/oids.ts'
import { CosFile } from '../../../../lib/pdf/cos/file.ts'
import { appendRevision, sizeOf } from '../../../../lib/pdf/cos/increment.ts'
import { dictOf, entry, serialize } from '../../../../lib/pdf/cos/values.ts'
import { certify } from '../../../../lib/pdf/sign_certify.ts'
import { signatureFields } from '../../../../lib/pdf/sign/fields.ts'
import { DAY, makeAuthority, makeStamper, START, status, validity } from '../../pki/fixtures.ts'
import { flip, offsetOf, replaceText, splice } from '../../pdf/support/alter.ts'
import { forge, numbersIn, type Forgery } from '../../pdf/support/forge.ts'
import {
  certifiedReport,
  must,
  signAll,
  signAs,
  timestamperOf,
  wallTime,
  type Signing,
} from '../../pdf/support/signed_report.ts'

let signing: Signing
let four: Bytes
let signed: Bytes

/** A report that five people have signed, for all alterations below; call it before any of them. */
export async function signedReport(): Promise<{ signing: Signing; signed: Bytes }> {
  signing = await certifiedReport()
  four = await signAll(signing, [0, 1, 2, 3])
  signed = await signAs(signing, four, 4)
  return { signing, signed }
}

/** End of each revision: the certified one, then one a person. */
const ends = () => new CosFile(signed).sections.map(({ end }) => end).slice(1)
const source = (file: CosFile, number: number) => serialize(dictOf(file.object(number))!)

/** An attacker's revision on the finished report, without any signature. */
function appended(edit: (numbers: ReturnType<typeof numbersIn>, file: CosFile) => [number, string][]): Bytes {
  const file = new CosFile(signed)
  return appendRevision(file, new Map([...edit(numbersIn(file), file), [sizeOf(file), '<</Note true>>']]))
}

/** Where the digits of a revision's /Contents begin and end: 0 the seal's, then the people's. */
function digits(revision: number): { start: number; end: number } {
  const start = signed.lastIndexOf(0x3c, contentsEnd(revision)) + 1
  return { start, end: contentsEnd(revision) }
}

function contentsEnd(revision: number): number {
  const from = offsetOf(
    signed,
    '/Contents <',
    revision === 0 ? new CosFile(signed).sections[0]!.end : ends()[revision - 1]!
  )
  return signed.indexOf(0x3e, from)
}

function cms(revision: number): Bytes {
  const { start, end } = digits(revision)
  return Uint8Array.from(Buffer.from(Buffer.from(signed.subarray(start, end)).toString(), 'hex'))
}

/** The CMS with one digit of this value in it changed. */
function spoilt(revision: number, valueOf: (message: SignedMessage) => Bytes): Bytes {
  const value = valueOf(readSignedData(readDerPrefix(cms(revision)).node.bytes))
  const at = offsetOf(signed, toHex(value.subarray(-8)), digits(revision).start) + 15
  const out = signed.slice()
  out[at] = out[at] === 0x30 ? 0x31 : 0x30
  return out
}

function exchanged(): Bytes {
  const [a, b] = [digits(4), digits(5)]
  const length = Math.min(a.end - a.start, b.end - b.start)
  const first = signed.slice(a.start, a.start + length)
  const second = signed.slice(b.start, b.start + length)
  return splice(splice(signed, a.start, a.start + length, second), b.start, b.start + length, first)
}

function issued(changes: { days?: number; name?: string; roster?: string; role?: 'person' | 'seal' }) {
  return createCredential({
    issuer: signing.authority.issuing,
    role: changes.role ?? 'person',
    status,
    validity: validity(changes.days ?? 90, new Date(START.getTime() - 60 * DAY)),
    subject: {
      commonName: changes.name ?? '古丽娜尔·阿不都热合曼',
      serialNumber: changes.roster ?? 'JK-2026-0005',
    },
  })
}

async function foreign(): Promise<Credential> {
  const { issuing } = await makeAuthority()
  const subject = { commonName: '古丽娜尔·阿不都热合曼', serialNumber: 'JK-2026-0005' }
  return createCredential({ issuer: issuing, role: 'person', subject, validity: validity(90), status })
}

const forged = (forgery: Forgery) => forge(signing, four, 4, forgery)

async function certifiedByAPerson(): Promise<Bytes> {
  const now = signing.stamper.now()
  const { pdf } = must(
    await certify({
      pdf: signing.base,
      seal: await issued({}),
      issuers: [signing.authority.issuing.certificate],
      name: '平台电子签章',
      time: wallTime(now),
      now,
      timestamp: timestamperOf(signing.stamper),
      timestampRoots: [parseCertificate(signing.authority.root.certificate)],
    })
  )
  return pdf
}

function widened(): Bytes {
  const { start } = digits(5)
  const from = ends()[4]!
  return replaceText(signed, String(start - 1).padStart(10), String(start + 1).padStart(10), from)
}

const LATER = (from: number) => (from < 5 ? ['digest_differs'] : [])

/** Name, altered file, and all codes that the command may name, in their order. */
export const ALTERED: [string, () => Bytes | Promise<Bytes>, string[]][] = [
  ['a byte of page content', () => flip(signed, offsetOf(signed, 'stream', 20_000) + 40), ['digest_differs']],
  ...[0, 1, 2, 3, 4, 5].map((revision): [string, () => Bytes, string[]] => [
    `a digit of signature ${revision}`,
    () => spoilt(revision, ({ signature }) => signature),
    ['signature_invalid', 'timestamp_imprint_differs', ...LATER(revision)],
  ]),
  [
    'a digit of the digest in a signature',
    () => spoilt(5, ({ attributes }) => octetsOf(attributes.get(OID.messageDigest))),
    ['digest_differs', 'signature_invalid'],
  ],
  ['bytes appended', () => concat(signed, latin1('hello')), ['bytes_after_end']],
  ['a line end appended', () => concat(signed, latin1('\n')), ['bytes_after_end']],
  ['a second end-of-file mark', () => concat(signed, latin1('%%EOF\n')), ['bytes_after_end']],
  ['a whole second file appended', () => concat(signed, signed), ['bytes_after_end']],
  [
    'an update with changed text',
    () => appended(({ content }) => [[content[3]!, '<</Length 4>>\nstream\nq Q\n\nendstream']]),
    ['revision_without_signature', 'page_content_replaced', 'object_added'],
  ],
  ['an empty update', () => appended(() => []), ['revision_without_signature', 'object_added']],
  [
    'an annotation laid over a page',
    () =>
      appended(({ page }, file) => [
        [page[3]!, source(file, page[3]!).replace(/>>$/, `/Annots [${sizeOf(file)} 0 R]>>`)],
      ]),
    ['revision_without_signature', 'annotation_added', 'object_added'],
  ],
  [
    'an attachment added',
    () =>
      appended(({ root }, file) => [
        [
          root,
          source(file, root).replace(
            />>$/,
            '/Names <</EmbeddedFiles <</Names [(a) <</Type /Filespec>>]>>>>>>'
          ),
        ],
      ]),
    ['revision_without_signature', 'catalog_changed', 'object_added'],
  ],
  [
    'a script that runs when opened',
    () =>
      appended(({ root }, file) => [
        [root, source(file, root).replace(/>>$/, '/OpenAction <</S /JavaScript /JS (app.alert)>>>>')],
      ]),
    ['revision_without_signature', 'catalog_changed', 'object_added'],
  ],
  [
    'a page left out',
    () => appended(({ pages, page }, file) => [[pages, source(file, pages).replace(`${page[1]} 0 R`, '')]]),
    ['revision_without_signature', 'page_order_changed', 'object_added'],
  ],
  [
    'what the letters mean',
    () => appended(({ toUnicode }) => [[toUnicode, '<</Length 0>>\nstream\n\nendstream']]),
    ['revision_without_signature', 'font_changed', 'object_added'],
  ],
  [
    'the document information',
    () => appended(({ info }) => [[info, '<</Title (x)>>']]),
    ['revision_without_signature', 'info_changed', 'object_added'],
  ],
  [
    'signatures exchanged between fields by an update',
    () =>
      appended((_, file) => {
        const [a, b] = ['sig_01', 'sig_02'].map((wanted) =>
          signatureFields(file).find(({ name }) => name === wanted)!
        )
        const value = (field: typeof a) => serialize(entry(field!.dict, 'V')!)
        const swap = (field: typeof a, other: typeof a): [number, string] => [
          field!.object,
          serialize(field!.dict).replace(`/V ${value(field)}`, `/V ${value(other)}`),
        ]
        return [swap(a, b), swap(b, a)]
      }),
    ['revision_without_signature', 'field_changed', 'object_added'],
  ],
  [
    'signatures exchanged in place',
    exchanged,
    ['digest_differs', 'signer_unexpected', 'timestamp_out_of_order'],
  ],
  ['the last signature removed', () => signed.slice(0, ends()[4]), ['signature_missing']],
  [
    'a signature removed from the middle',
    () => splice(signed, ends()[1]!, ends()[2]!, latin1('')),
    ['xref_damaged'],
  ],
  ['cut in the middle', () => signed.slice(0, signed.length / 2), ['end_missing']],
  ['the last bytes cut', () => signed.slice(0, -4), ['end_missing']],
  ['the header', () => replaceText(signed, '%PDF-1.7', '%PDF-9.7'), ['header_damaged']],
  ['the version in the header', () => replaceText(signed, '%PDF-1.7', '%PDF-1.6'), ['digest_differs']],
  ['a byte range widened', widened, ['byte_range_invalid', 'digest_differs']],
  [
    'an offset in the last table',
    () => flip(signed, offsetOf(signed, ' 00000 n', ends()[4]) - 1),
    ['object_damaged'],
  ],
  [
    'the place of the last table',
    () => flip(signed, offsetOf(signed, '%%EOF', 'last') - 2),
    ['xref_damaged'],
  ],
  [
    'DocMDP taken from the certification',
    () => replaceText(signed, '/TransformMethod /DocMDP', '/TransformMethod /DocMDX'),
    ['certification_missing', 'digest_differs'],
  ],
  [
    'the certification taken from the catalog',
    () => replaceText(signed, '/Perms <</DocMDP', '/Perms <</DocMDX'),
    ['certification_missing', 'digest_differs'],
  ],
  [
    'what the certification permits',
    () => replaceText(signed, '/P 2\n/V /1.2', '/P 3\n/V /1.2'),
    ['certification_missing', 'digest_differs'],
  ],
  [
    'bytes in the padding of a signature',
    () => replaceText(signed, '00>\n/Name', '01>\n/Name', 'last'),
    ['contents_padding'],
  ],
  [
    'upper-case digits in a signature',
    () => {
      const { start } = digits(5)
      return splice(
        signed,
        start,
        start + 400,
        latin1(
          Buffer.from(signed.subarray(start, start + 400))
            .toString()
            .toUpperCase()
        )
      )
    },
    ['contents_not_canonical'],
  ],
  ['nobody has certified it', () => signing.base, ['certification_missing']],
  ['a person has certified it', certifiedByAPerson, ['certificate_wrong_purpose', 'signature_missing']],
  [
    'a certificate of another authority',
    async () => forged({ signer: await foreign() }),
    ['certificate_unknown_issuer'],
  ],
  [
    'a certificate that had expired',
    async () => forged({ signer: await issued({ days: 59 }) }),
    ['certificate_expired_at_signing'],
  ],
  [
    'another person in the field',
    async () => forged({ signer: await issued({ name: '韦国栋', roster: 'JK-2026-0001' }) }),
    ['signer_unexpected'],
  ],
  [
    "a seal's certificate in a person's field",
    async () => forged({ signer: await issued({ role: 'seal' }) }),
    ['certificate_wrong_purpose'],
  ],
  ['no timestamp', () => forged({ token: async () => undefined }), ['timestamp_missing']],
  [
    'a timestamp of another authority',
    async () => forged({ stamper: makeStamper(await makeAuthority()) }),
    ['timestamp_certificate_unknown_issuer'],
  ],
]
