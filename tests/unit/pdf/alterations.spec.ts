import { test } from '@japa/runner'
import { concat, latin1, sha256, toHex, type Bytes } from '../../../lib/pki/bytes.ts'
import type { Credential } from '../../../lib/pki/authority.ts'
import { parseCertificate } from '../../../lib/pki/certificate.ts'
import { readSignedData } from '../../../lib/pki/cms_read.ts'
import { readDerPrefix } from '../../../lib/pki/der_read.ts'
import {
  explicit,
  generalizedTime,
  integer,
  octets,
  oid,
  sequence,
  setOf,
} from '../../../lib/pki/der_write.ts'
import { createCredential } from '../../../lib/pki/end_entity.ts'
import { signingCertificateV2 } from '../../../lib/pki/ess.ts'
import { generateKeys } from '../../../lib/pki/keys.ts'
import { OID } from '../../../lib/pki/oids.ts'
import { issueRevocationList } from '../../../lib/pki/revocation_list.ts'
import { readRevocationList } from '../../../lib/pki/revocation_list_read.ts'
import { timestampToken } from '../../../lib/pki/timestamp_authority.ts'
import { CosFile } from '../../../lib/pdf/cos/file.ts'
import { appendRevision, sizeOf } from '../../../lib/pdf/cos/increment.ts'
import { dictOf, entry, serialize } from '../../../lib/pdf/cos/values.ts'
import { certify } from '../../../lib/pdf/sign_certify.ts'
import { signatureFields } from '../../../lib/pdf/sign/fields.ts'
import { verifyReportPdf, type VerifyOptions } from '../../../lib/pdf/verify_report_pdf.ts'
import { DAY, makeAuthority, makeStamper, START, status, validity } from '../pki/fixtures.ts'
import { flip, offsetOf, replaceText, splice } from './support/alter.ts'
import { forge, numbersIn, type Forgery } from './support/forge.ts'
import {
  certifiedReport,
  must,
  signAll,
  signAs,
  timestamperOf,
  type Signing,
} from './support/signed_report.ts'

let signing: Signing
let signed: Bytes
let four: Bytes

async function verdict(bytes: Bytes, options: VerifyOptions = {}, roots = [signing.authority.rootPem]) {
  const result = await verifyReportPdf(bytes, { roots }, options)
  return { verdict: result.verdict, codes: result.findings.map(({ code }) => code), result }
}

/** An attacker's revision on the finished report, without any signature. */
function appended(edit: (numbers: ReturnType<typeof numbersIn>, file: CosFile) => [number, string][]): Bytes {
  const file = new CosFile(signed)
  return appendRevision(file, new Map([...edit(numbersIn(file), file), [sizeOf(file), '<</Note true>>']]))
}

const source = (file: CosFile, number: number) => serialize(dictOf(file.object(number))!)
const contentsStart = (pdf: Bytes, from: number) => offsetOf(pdf, '/Contents <', from) + '/Contents <'.length
const lastRevision = (pdf: Bytes) => new CosFile(pdf).sections.at(-2)!.end

function cmsAt(pdf: Bytes, start: number): Bytes {
  const end = offsetOf(pdf, '>', start)
  return Uint8Array.from({ length: (end - start) / 2 }, (_, index) =>
    Number.parseInt(String.fromCharCode(pdf[start + index * 2]!, pdf[start + index * 2 + 1]!), 16)
  )
}

/** Alterations without any key: name, altered file, the code that must be among the findings. */
const WITHOUT_KEYS: [string, () => Bytes, string][] = [
  ['a byte of page content', () => flip(signed, offsetOf(signed, 'stream', 20_000) + 40), 'digest_differs'],
  [
    "a byte of a colleague's appearance",
    () => flip(signed, offsetOf(signed, 'Tj ET', new CosFile(signed).sections[2]!.end) - 6),
    'digest_differs',
  ],
  [
    'a byte of a cross-reference table',
    () => flip(signed, offsetOf(signed, ' 00000 n', lastRevision(signed)) - 1),
    'object_damaged',
  ],
  [
    'a byte of the first cross-reference table',
    () => flip(signed, offsetOf(signed, ' 00000 n') - 1),
    'object_damaged',
  ],
  ['a byte of the signature value', () => spoiltValue(signed), 'timestamp_imprint_differs'],
  [
    'bytes in the padding of /Contents',
    () => replaceText(signed, '00>\n/Name', '01>\n/Name', 'last'),
    'contents_padding',
  ],
  [
    'upper-case digits in /Contents',
    () => upperCase(signed, contentsStart(signed, lastRevision(signed))),
    'contents_not_canonical',
  ],
  [
    'blanks in the padding of /Contents',
    () => replaceText(signed, '00>\n/Name', '  >\n/Name', 'last'),
    'contents_not_canonical',
  ],
  ['the file cut in the middle', () => signed.slice(0, 150_000), 'end_missing'],
  ['the last bytes cut', () => signed.slice(0, -4), 'end_missing'],
  ['the last signature removed', () => signed.slice(0, lastRevision(signed)), 'signature_missing'],
  [
    'a signature removed from the middle',
    () =>
      splice(signed, new CosFile(signed).sections[2]!.end, new CosFile(signed).sections[3]!.end, latin1('')),
    'xref_damaged',
  ],
  ['bytes behind the end', () => concat(signed, latin1('hello')), 'bytes_after_end'],
  ['a line end behind the end', () => concat(signed, latin1('\n')), 'bytes_after_end'],
  ['a second end-of-file mark', () => concat(signed, latin1('%%EOF\n')), 'bytes_after_end'],
  ['the version in the header', () => replaceText(signed, '%PDF-1.7', '%PDF-1.6'), 'digest_differs'],
  ['an empty revision', () => appended(() => []), 'revision_without_signature'],
  [
    'an overlaid annotation',
    () =>
      appended(({ page }, file) => [
        [page[3]!, source(file, page[3]!).replace(/>>$/, `/Annots [${sizeOf(file)} 0 R]>>`)],
      ]),
    'annotation_added',
  ],
  [
    'a replaced content stream',
    () => appended(({ content }) => [[content[3]!, '<</Length 4>>\nstream\nq Q\n\nendstream']]),
    'page_content_replaced',
  ],
  [
    'a page that points to other content',
    () =>
      appended(({ page, content }, file) => [
        [
          page[3]!,
          source(file, page[3]!).replace(`/Contents ${content[3]} 0 R`, `/Contents ${content[1]} 0 R`),
        ],
      ]),
    'page_content_replaced',
  ],
  [
    'a page turned',
    () => appended(({ page }, file) => [[page[0]!, source(file, page[0]!).replace(/>>$/, '/Rotate 180>>')]]),
    'page_changed',
  ],
  [
    'pages in another order',
    () =>
      appended(({ pages, page }, file) => [
        [
          pages,
          source(file, pages).replace(`${page[0]} 0 R ${page[1]} 0 R`, `${page[1]} 0 R ${page[0]} 0 R`),
        ],
      ]),
    'page_order_changed',
  ],
  ['document information', () => appended(({ info }) => [[info, '<</Title (x)>>']]), 'info_changed'],
  [
    'the catalog, with a script',
    () =>
      appended(({ root }, file) => [
        [root, source(file, root).replace(/>>$/, '/OpenAction <</S /JavaScript /JS (app.alert)>>>>')],
      ]),
    'catalog_changed',
  ],
  [
    'the metadata',
    () => appended(({ metadata }) => [[metadata, '<</Type /Metadata /Length 0>>\nstream\n\nendstream']]),
    'metadata_changed',
  ],
  [
    'the structure tree',
    () => appended(({ structure }) => [[structure, '<</Type /StructTreeRoot>>']]),
    'structure_changed',
  ],
  [
    'what the letters mean (ToUnicode)',
    () => appended(({ toUnicode }) => [[toUnicode, '<</Length 0>>\nstream\n\nendstream']]),
    'font_changed',
  ],
  [
    'the form',
    () =>
      appended(({ form }, file) => [
        [form, source(file, form).replace('/SigFlags 3', '/NeedAppearances true')],
      ]),
    'form_changed',
  ],
  [
    'a signature taken out of its field',
    () =>
      appended((_, file) => {
        const field = signatureFields(file).find(({ name }) => name === 'sig_02')!
        return [[field.object, serialize(field.dict).replace(/\/V \d+ 0 R/, '')]]
      }),
    'field_changed',
  ],
  [
    "a signature's appearance",
    () =>
      appended((_, file) => {
        const field = signatureFields(file).find(({ name }) => name === 'sig_02')!
        return [[field.appearance, '<</Length 0>>\nstream\n\nendstream']]
      }),
    'appearance_changed',
  ],
  [
    'an earlier signature object',
    () =>
      appended((_, file) => {
        const value = entry(signatureFields(file)[0]!.dict, 'V')
        return value?.kind === 'ref' ? [[value.number, '<</Type /Sig>>']] : []
      }),
    'signature_replaced',
  ],
  ['an object set free', () => freed(), 'object_freed'],
  ['a table that skips a revision', () => skipped(), 'revision_junk'],
  ['no signature at all', () => signing.base, 'certification_missing'],
]

/** One digit inside the last signature's value, found by its own bytes. */
function spoiltValue(pdf: Bytes): Bytes {
  const message = readSignedData(readDerPrefix(cmsAt(pdf, contentsStart(pdf, lastRevision(pdf)))).node.bytes)
  const place = offsetOf(pdf, toHex(message.signature.subarray(-8)), lastRevision(pdf)) + 15
  const out = pdf.slice()
  out[place] = out[place] === 0x30 ? 0x31 : 0x30
  return out
}

function upperCase(pdf: Bytes, at: number): Bytes {
  const out = pdf.slice()
  for (let index = at; index < at + 400; index++) if (out[index]! >= 0x61) out[index]! -= 0x20
  return out
}

function freed(): Bytes {
  const file = new CosFile(signed)
  const [page] = numbersIn(file).content
  const altered = appended(() => [[page!, '<</Length 0>>\nstream\n\nendstream']])
  const entryAt = offsetOf(altered, `xref\n${page} 1\n`, signed.length) + `xref\n${page} 1\n`.length
  return splice(altered, entryAt + 17, entryAt + 18, latin1('f'))
}

function skipped(): Bytes {
  const file = new CosFile(signed)
  const [last, before] = [file.sections.at(-2)!, file.sections.at(-3)!]
  return replaceText(signed, `/Prev ${last.start}`, `/Prev ${before.start}`, 'last')
}

test.group('alterations without keys', (group) => {
  group.setup(async () => {
    signing = await certifiedReport()
    four = await signAll(signing, [0, 1, 2, 3])
    signed = await signAs(signing, four, 4)
  })

  test('the report as signed is genuine, and without roots consistent', async ({ assert }) => {
    const { verdict: first, result } = await verdict(signed)
    assert.deepEqual([first, result.findings], ['genuine', []])
    assert.lengthOf(result.signatures, 6)
    assert.isTrue(result.signatures.every(({ level, failures }) => level === 'B-T' && failures.length === 0))
    assert.equal((await verdict(signed, {}, [])).verdict, 'consistent_unknown_signer')
  })

  test('each is refused, by its code: {name}')
    .with(WITHOUT_KEYS.map(([name], index) => ({ name, index })))
    .run(async ({ assert }, { index }) => {
      const [, alter, code] = WITHOUT_KEYS[index]!
      const altered = alter()
      assert.notDeepEqual([altered.length, Buffer.compare(altered, signed)], [signed.length, 0])
      const outcome = await verdict(altered)
      assert.equal(outcome.verdict, 'not_genuine')
      assert.include(outcome.codes, code)
    })

  test('an attack behind the last signature leaves the revisions before it to be taken back', async ({
    assert,
  }) => {
    const altered = appended(({ content }) => [[content[3]!, '<</Length 4>>\nstream\nq Q\n\nendstream']])
    const { result } = await verdict(altered)
    assert.equal(result.intactLength, signed.length)
    assert.deepInclude(
      result.findings.find(({ code }) => code === 'page_content_replaced'),
      { revision: 7, page: 4 }
    )
    assert.equal((await verdict(altered.slice(0, result.intactLength))).verdict, 'genuine')
  })

  test('what is no PDF is unreadable, which is not genuine either', async ({ assert }) => {
    for (const bytes of [latin1(''), latin1('PK'), latin1('<html>')])
      assert.equal((await verdict(bytes)).verdict, 'unreadable')
    assert.equal((await verdict(latin1('%PDF-1.7\n'))).verdict, 'not_genuine')
  })

  test('a report that not all have signed is accepted only where that is asked for', async ({ assert }) => {
    assert.equal((await verdict(four, { allowIncomplete: true })).verdict, 'genuine')
    assert.deepEqual((await verdict(four)).codes, ['signature_missing'])
    assert.equal((await verdict(signing.certified, { allowIncomplete: true })).verdict, 'genuine')
  })

  test('seeded random bits, one at a time: never genuine', async ({ assert }) => {
    let state = 20260318
    const random = (below: number) => (state = (state * 1103515245 + 12345) % 2 ** 31) % below
    for (let round = 0; round < 60; round++) {
      // Half of them where only the last signature could notice: its own increment.
      const offset =
        round % 2 === 0
          ? random(signed.length)
          : lastRevision(signed) + random(signed.length - lastRevision(signed))
      const outcome = await verdict(flip(signed, offset, 1 << random(8)))
      assert.notInclude(['genuine', 'consistent_unknown_signer'], outcome.verdict, `offset ${offset}`)
    }
  }).timeout(30_000)
})

test.group('alterations by people with keys', (group) => {
  let foreign: Credential
  group.setup(async () => {
    signing = await certifiedReport()
    four = await signAll(signing, [0, 1, 2, 3])
    const other = await makeAuthority()
    foreign = await createCredential({
      issuer: other.issuing,
      role: 'person',
      subject: { commonName: '古丽娜尔·阿不都热合曼', serialNumber: 'JK-2026-0005' },
      validity: validity(90),
      status,
    })
  })

  const issued = (changes: { name?: string; roster?: string; role?: 'person' | 'seal'; days?: number }) =>
    createCredential({
      issuer: signing.authority.issuing,
      role: changes.role ?? 'person',
      status,
      validity: validity(changes.days ?? 90, new Date(START.getTime() - 60 * DAY)),
      subject: {
        commonName: changes.name ?? '古丽娜尔·阿不都热合曼',
        serialNumber: changes.roster ?? 'JK-2026-0005',
      },
    })
  const firstExtra = (objects: Map<number, string>) => Math.max(...objects.keys()) + 1
  const attribute = (type: string, value: Bytes) => sequence(oid(type), setOf(value))

  const CASES: [string, () => Promise<Forgery>, string][] = [
    ['an honest forger, for comparison', async () => ({}), 'none'],
    ['a certificate of another authority', async () => ({ signer: foreign }), 'certificate_unknown_issuer'],
    [
      'a certificate that had expired',
      async () => ({ signer: await issued({ days: 59 }) }),
      'certificate_expired_at_signing',
    ],
    [
      'another person in the field',
      async () => ({ signer: await issued({ name: '韦国栋', roster: 'JK-2026-0001' }) }),
      'signer_unexpected',
    ],
    [
      'a namesake in the field',
      async () => ({ signer: await issued({ roster: 'JK-2026-0099' }) }),
      'signer_unexpected',
    ],
    [
      "a seal's certificate in a person's field",
      async () => ({ signer: await issued({ role: 'seal' }) }),
      'certificate_wrong_purpose',
    ],
    [
      'a key that does not belong to the certificate',
      async () => ({
        signer: {
          certificate: signing.people[4]!.certificate,
          privateKey: (await generateKeys(false)).privateKey,
        },
      }),
      'signature_invalid',
    ],
    [
      'a timestamp by a certificate not for time-stamping',
      async () => ({ stamper: makeStamper(signing.authority, signing.authority.seal) }),
      'timestamp_wrong_key_usage',
    ],
    [
      'a timestamp for something else',
      async () => ({
        token: () =>
          timestampToken(signing.stamper, {
            imprint: new Uint8Array(32),
            nonce: 5n,
            certificateWanted: true,
          }),
      }),
      'timestamp_imprint_differs',
    ],
    [
      'the timestamp of a colleague',
      async () => ({
        token: async () =>
          readSignedData(readDerPrefix(cmsAt(four, contentsStart(four, lastRevision(four)))).node.bytes)
            .timestampToken,
      }),
      'timestamp_imprint_differs',
    ],
    [
      'a timestamp of another authority',
      async () => ({ stamper: makeStamper(await makeAuthority()) }),
      'timestamp_certificate_unknown_issuer',
    ],
    ['no timestamp', async () => ({ token: async () => undefined }), 'timestamp_missing'],
    [
      'a timestamp before those of the revisions it covers',
      async () => ({
        stamper: makeStamper(signing.authority, undefined, new Date(START.getTime() - 30 * 60_000)),
      }),
      'timestamp_out_of_order',
    ],
    [
      'a claimed time of another day',
      async () => ({
        edit: (objects) => replaceIn(objects, /\/M <[0-9a-f]+>/, `/M (D:20260201120000+08'00')`),
      }),
      'claimed_time_differs',
    ],
    [
      'a signing-time attribute',
      async () => ({
        attributes: async (digest, certificate) =>
          setOf(
            attribute(OID.contentType, oid(OID.data)),
            attribute(OID.messageDigest, octets(digest)),
            attribute(OID.signingCertificateV2, await signingCertificateV2(certificate)),
            attribute(OID.signingTime, generalizedTime(START))
          ),
      }),
      'cms_attributes',
    ],
    [
      'a certificate named with the right hash and the issuer of another',
      async () => ({
        attributes: async (digest, certificate) => {
          const { serial, subject } = parseCertificate(certificate)
          const named = sequence(sequence(explicit(4, subject)), integer(serial))
          return setOf(
            attribute(OID.contentType, oid(OID.data)),
            attribute(OID.messageDigest, octets(digest)),
            attribute(
              OID.signingCertificateV2,
              sequence(sequence(sequence(octets(await sha256(certificate)), named)))
            )
          )
        },
      }),
      'signing_certificate_differs',
    ],
    [
      'a certificate that the chain does not need',
      async () => ({ extraCertificates: [foreign.certificate] }),
      'cms_unexpected_certificate',
    ],
    [
      'an object more',
      async () => ({ edit: (objects) => void objects.set(firstExtra(objects), '<</Note true>>') }),
      'object_added',
    ],
    [
      'a page changed by the same revision',
      async () => ({
        edit: (objects, file) =>
          void objects.set(numbersIn(file).content[3]!, '<</Length 4>>\nstream\nq Q\n\nendstream'),
      }),
      'page_content_replaced',
    ],
    [
      'an annotation more',
      async () => ({
        edit: (objects) => void objects.set(firstExtra(objects), '<</Type /Annot\n/Subtype /FreeText>>'),
      }),
      'annotation_added',
    ],
    [
      'bytes between objects',
      async () => ({
        edit: (objects) =>
          void objects.set(firstExtra(objects) - 1, `${objects.get(firstExtra(objects) - 1)}\nendobj\n%junk`),
      }),
      'revision_junk',
    ],
    [
      'a word over the box',
      async () => ({ edit: (objects) => replaceIn(objects, /stream\nBT/, 'stream\n1 0 0 rg\nBT') }),
      'appearance_not_allowed',
    ],
    [
      'a larger box',
      async () => ({ edit: (objects) => replaceIn(objects, /\/Rect \[[^\]]*\]/, '/Rect [0 0 595 842]') }),
      'field_changed',
    ],
    [
      'a weaker lock',
      async () => ({ edit: (objects) => replaceIn(objects, /\/Action \/Include/, '/Action /Exclude') }),
      'signature_dictionary_invalid',
    ],
    [
      'two fields with one signature',
      async () => ({
        edit: (objects, file) => {
          const value = [...objects].find(([, source]) => source.includes('/ByteRange'))![0]
          const archive = signatureFields(file).find(({ kind }) => kind === 'archive')!
          objects.set(archive.object, serialize(archive.dict).replace(/>>$/, `\n/V ${value} 0 R>>`))
        },
      }),
      'several_signatures_in_revision',
    ],
    [
      'an archive field instead of the own',
      async () => ({
        edit: (objects, file) => {
          const value = [...objects].find(([, source]) => source.includes('/ByteRange'))![0]
          const [own, archive] = ['sig_05', 'archive_01'].map((wanted) =>
            signatureFields(file).find(({ name }) => name === wanted)!
          )
          objects.delete(own!.object)
          objects.set(archive!.object, serialize(archive!.dict).replace(/>>$/, `\n/V ${value} 0 R>>`))
        },
      }),
      'archive_field_filled',
    ],
  ]

  function replaceIn(objects: Map<number, string>, pattern: RegExp, replacement: string): void {
    const found = [...objects].find(([, source]) => pattern.test(source))
    if (!found) throw new Error(`nothing matches ${pattern}`)
    objects.set(found[0], fixLength(found[1].replace(pattern, replacement)))
  }

  function fixLength(object: string): string {
    const stream = /stream\n([\s\S]*)\nendstream$/.exec(object)
    return stream ? object.replace(/\/Length \d+/, `/Length ${stream[1]!.length}`) : object
  }

  test('each is refused, by its code: {name}')
    .with(CASES.map(([name], index) => ({ name, index })))
    .run(async ({ assert }, { index }) => {
      const [, make, code] = CASES[index]!
      const outcome = await verdict(await forge(signing, four, 4, await make()))
      if (code === 'none') assert.deepEqual([outcome.verdict, outcome.codes], ['genuine', []])
      else {
        assert.equal(outcome.verdict, 'not_genuine')
        assert.include(outcome.codes, code)
      }
    })

  test('a report certified by a person instead of the seal is refused', async ({ assert }) => {
    const person = await issued({})
    const now = signing.stamper.now()
    const { pdf } = must(
      await certify({
        pdf: signing.base,
        seal: person,
        issuers: [signing.authority.issuing.certificate],
        name: '平台电子签章',
        time: '2026-03-18 17:00:00',
        now,
        timestamp: timestamperOf(signing.stamper),
        timestampRoots: [parseCertificate(signing.authority.root.certificate)],
      })
    )
    assert.include((await verdict(pdf, { allowIncomplete: true })).codes, 'certificate_wrong_purpose')
  })

  test('roots of somebody else make nothing genuine', async ({ assert }) => {
    const outcome = await verdict(four, { allowIncomplete: true }, [(await makeAuthority()).rootPem])
    assert.equal(outcome.verdict, 'not_genuine')
    assert.include(outcome.codes, 'timestamp_certificate_unknown_issuer')
  })

  test('a certificate revoked before the signature is refused, one revoked after is not', async ({
    assert,
  }) => {
    const issuer = parseCertificate(signing.authority.issuing.certificate)
    const { serial } = parseCertificate(signing.people[1]!.certificate)
    const listAt = async (at: Date) =>
      must(
        await readRevocationList(
          await issueRevocationList({
            issuer: signing.authority.issuing,
            number: 1,
            thisUpdate: at,
            nextUpdate: new Date(at.getTime() + DAY),
            revoked: [{ serial, at, reason: 'keyCompromise' }],
          }),
          issuer
        )
      )
    const before = await verdict(four, { allowIncomplete: true, revocations: [await listAt(START)] })
    assert.deepEqual(before.codes, ['certificate_revoked'])
    const after = await verdict(four, {
      allowIncomplete: true,
      revocations: [await listAt(new Date(START.getTime() + DAY))],
    })
    assert.equal(after.verdict, 'genuine')
  })
})
