import { test } from '@japa/runner'
import { PDF } from '@libpdf/core'
import { equalBytes, fromHex, toHex, type Bytes } from '../../../lib/pki/bytes.ts'
import { parseCertificate } from '../../../lib/pki/certificate.ts'
import { signRaw } from '../../../lib/pki/keys.ts'
import { toPem } from '../../../lib/pki/pem.ts'
import { CosFile } from '../../../lib/pdf/cos/file.ts'
import { sizeOf } from '../../../lib/pdf/cos/increment.ts'
import { completeSignature } from '../../../lib/pdf/sign_complete.ts'
import { prepareSignature } from '../../../lib/pdf/sign_prepare.ts'
import { signatureField } from '../../../lib/pdf/report_document.ts'
import { verifyReportPdf } from '../../../lib/pdf/verify_report_pdf.ts'
import { makeStamper, START } from '../pki/fixtures.ts'
import { flip, offsetOf } from './support/alter.ts'
import {
  certifiedReport,
  prepareFor,
  signAll,
  signAs,
  SCRIBBLE,
  timestamperOf,
  wallTime,
  type Signing,
} from './support/signed_report.ts'
import { attempt, render, run, scratch } from './support/tools.ts'

let signing: Signing
let signed: Bytes

const rootsOf = (one: Signing) => [parseCertificate(one.authority.root.certificate)]

test.group('signing the report', (group) => {
  group.setup(async () => {
    signing = await certifiedReport()
    signed = await signAll(signing)
  })

  test('REP-2: five people sign in any order, and every signature holds', async ({ assert }) => {
    for (const order of [
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3],
    ]) {
      const { verdict, signatures, certifiedDigest } = await verifyReportPdf(await signAll(signing, order), {
        roots: [signing.authority.rootPem],
      })
      assert.equal(verdict, 'genuine')
      assert.deepEqual(
        signatures.map(({ field }) => field),
        ['seal', ...order.map(signatureField)]
      )
      // The fingerprint is of the certified revision: it does not move when people sign.
      assert.equal(
        certifiedDigest,
        (await verifyReportPdf(signing.certified, { roots: [] }, { allowIncomplete: true })).certifiedDigest
      )
    }
  })

  test('every revision extends the one before, and /Size only grows', async ({ assert }) => {
    const file = new CosFile(signed)
    assert.lengthOf(file.sections, 7)
    const sizes = file.sections.map(({ end }) => sizeOf(new CosFile(signed.slice(0, end))))
    assert.deepEqual(
      sizes,
      [...sizes].sort((a, b) => a - b)
    )
    assert.equal(new Set(sizes).size, sizes.length)
    assert.isTrue(equalBytes(signed.subarray(0, signing.certified.length), signing.certified))
    assert.isTrue(equalBytes(signing.certified.subarray(0, signing.base.length), signing.base))
  })

  test('pdfsig finds every signature valid, and one of an altered file not', async ({ assert }) => {
    const path = scratch({ 's.pdf': signed, 'x.pdf': flip(signed, offsetOf(signed, 'stream', 20_000) + 40) })
    const output = attempt('pdfsig', '-nocert', path('s.pdf')).output
    assert.lengthOf(output.match(/Signature is Valid\./g) ?? [], 6)
    assert.lengthOf(output.match(/ETSI\.CAdES\.detached/g) ?? [], 6)
    assert.lengthOf(
      attempt('pdfsig', '-nocert', path('x.pdf')).output.match(/Signature is Valid\./g) ?? [],
      0
    )
  })

  test('qpdf, mupdf and a second library read every revision without complaint', async ({ assert }) => {
    const { sections } = new CosFile(signed)
    for (const [index, { end }] of sections.entries()) {
      if (index % 3 !== 0) continue
      const path = scratch({ 'r.pdf': signed.slice(0, end) })
      const { status, output } = attempt('qpdf', '--check', path('r.pdf'))
      assert.deepEqual([status, /WARNING/.test(output)], [0, false])
      assert.notMatch(attempt('mutool', 'info', path('r.pdf')).output, /error|warning/i)
    }
    assert.equal((await PDF.load(signed)).getPageCount(), (await PDF.load(signing.base)).getPageCount())
  })

  test('openssl verifies the CMS of a signature over its range, chain included', async ({ assert }) => {
    const prepared = await prepareFor(signing, signing.certified, 1)
    const signature = await signRaw(signing.people[1]!.keys.privateKey, prepared.signedAttributes)
    const done = await completeSignature(prepared, {
      signature,
      timestamp: timestamperOf(signing.stamper),
      timestampRoots: rootsOf(signing),
    })
    if (!done.ok) throw new Error(done.error.code)
    const [, start, end] = prepared.byteRange
    const hex = Buffer.from(done.value.pdf.subarray(start + 1, end - 1)).toString('latin1')
    const content = Buffer.concat([done.value.pdf.subarray(0, start), done.value.pdf.subarray(end)])
    const path = scratch({
      content,
      'root.pem': signing.authority.rootPem,
      'sig.der': fromHex(hex),
      'signer.pem': toPem('CERTIFICATE', signing.people[1]!.certificate),
    })
    const parameters = [
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      path('sig.der'),
      '-CAfile',
      path('root.pem'),
      '-purpose',
      'any',
      '-attime',
      String(START.getTime() / 1000 + 3600),
      '-out',
      path('out'),
    ]
    assert.match(
      attempt('openssl', ...parameters, '-content', path('content')).output,
      /CMS Verification successful/
    )
    const other = scratch({ content: Buffer.concat([content, Buffer.from('x')]) })
    assert.notMatch(attempt('openssl', ...parameters, '-content', other('content')).output, /successful/)
  })

  test('a signature shows its strokes or its name, and its time, in its own box', async ({ assert }) => {
    const [before, after] = [render(signing.certified, 1), render(signed, 1)]
    const changed = before.flatMap((page, index) =>
      Buffer.compare(page.pixels, after[index]!.pixels) === 0 ? [] : [index]
    )
    assert.deepEqual(changed, [4])
    const text = run('pdftotext', '-f', '5', '-l', '5', scratch({ 's.pdf': signed })('s.pdf'), '-')
    assert.lengthOf(text.match(/2026-03-18 \d\d:\d\d:\d\d/g) ?? [], 6)
  })

  test('a wrong signature, a bad timestamp, a place too small: nothing is embedded', async ({ assert }) => {
    const prepared = await prepareFor(signing, signing.certified, 2)
    const complete = async (
      changes: Partial<Parameters<typeof completeSignature>[1]> & { room?: number }
    ) => {
      const signature = await signRaw(signing.people[2]!.keys.privateKey, prepared.signedAttributes)
      const result = await completeSignature(prepared, {
        signature,
        timestamp: timestamperOf(signing.stamper),
        timestampRoots: rootsOf(signing),
        ...changes,
      })
      return result.ok ? 'ok' : result.error.code
    }
    assert.equal(await complete({}), 'ok')
    assert.equal(
      await complete({
        signature: await signRaw(signing.people[1]!.keys.privateKey, prepared.signedAttributes),
      }),
      'signature_invalid'
    )
    assert.equal(
      await complete({ timestamp: timestamperOf(makeStamper(signing.authority, signing.authority.seal)) }),
      'timestamp_wrong_key_usage'
    )
    assert.equal(await complete({ timestamp: async () => new Uint8Array([0x30, 0]) }), 'timestamp_malformed')
    const replayed = await timestamperOf(signing.stamper)(new Uint8Array([0x30, 0]))
    assert.equal(await complete({ timestamp: async () => replayed }), 'timestamp_refused')
    const now = signing.stamper.now()
    const tight = await prepareSignature({
      pdf: signing.certified,
      fieldName: 'sig_03',
      certificates: prepared.certificates,
      appearance: { name: '黄丽萍', time: wallTime(now) },
      now,
      tokenRoom: 100,
    })
    if (!tight.ok) throw new Error(tight.error.code)
    const signature = await signRaw(signing.people[2]!.keys.privateKey, tight.value.signedAttributes)
    const result = await completeSignature(tight.value, {
      signature,
      timestamp: timestamperOf(signing.stamper),
      timestampRoots: rootsOf(signing),
    })
    assert.deepEqual(result, { ok: false, error: { code: 'contents_too_small' } })
  })

  test('a field is prepared once, for its own person, with what its font can write', async ({ assert }) => {
    const now = signing.stamper.now()
    const prepare = async (fieldName: string, who: number, time = wallTime(now), handwriting = SCRIBBLE) => {
      const { certificate, name } = signing.people[who]!
      const result = await prepareSignature({
        pdf: await once(),
        fieldName,
        certificates: [certificate],
        appearance: { name, time, handwriting },
        now,
      })
      return result.ok ? 'ok' : result.error.code
    }
    let first: Promise<Bytes> | undefined
    const once = () => (first ??= signAs(signing, signing.certified, 0))
    assert.equal(await prepare('sig_02', 1), 'ok')
    assert.equal(await prepare('sig_01', 0), 'field_already_signed')
    assert.equal(await prepare('sig_03', 1), 'field_of_another_person')
    assert.equal(await prepare('sig_09', 1), 'field_unknown')
    assert.equal(await prepare('archive_01', 1), 'field_unknown')
    assert.equal(await prepare('sig_02', 1, '2026年🙂'), 'appearance_characters')
    assert.equal(
      await prepare('sig_02', 1, wallTime(now), { width: 10, height: 10, strokes: [[[1, Number.NaN]]] }),
      'appearance_handwriting'
    )
    assert.equal(
      await prepare('sig_02', 1, wallTime(now), { width: 10, height: 10, strokes: [] }),
      'appearance_handwriting'
    )
  })

  test('attributes are those of PAdES baseline: no signing-time, about 250 bytes', async ({ assert }) => {
    const { signedAttributes } = await prepareFor(signing, signing.certified, 3)
    assert.isBelow(signedAttributes.length, 420)
    assert.notInclude(toHex(signedAttributes), '2a864886f70d010905')
  })
})
