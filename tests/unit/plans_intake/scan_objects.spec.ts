import { test } from '@japa/runner'
import { deflateSync } from 'node:zlib'
import { PDFDocument, PDFName } from 'pdf-lib'
import { INTAKE_LIMITS } from '#lib/pdf_intake/limits'
import { scanObjects } from '#lib/pdf_intake/scan_objects'
import { hostilePdf } from '#tests/support/plan_pdf'

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

/** A file of these objects with a tail that looks whole; the table is of no interest to the scan. */
function file(...objects: string[]): Uint8Array {
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')
  return latin1(`%PDF-1.7\n${body}xref\n0 1\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`)
}

function objectStream(content: string): string {
  const text = `9 0 ${content}`
  const packed = deflateSync(Buffer.from(text, 'latin1')).toString('latin1')
  return `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream`
}

test.group('Scan of an uploaded PDF', () => {
  test('a plain file passes, also when it opens at a page', async ({ assert }) => {
    const pdf = await PDFDocument.create()
    const page = pdf.addPage()
    pdf.catalog.set(PDFName.of('OpenAction'), pdf.context.obj([page.ref, 'Fit']))
    assert.isNull(scanObjects(await pdf.save()))
    assert.isNull(
      scanObjects(file('<< /Type /Catalog /OpenAction 2 0 R >>', '<< /S /GoTo /D [3 0 R /Fit] >>'))
    )
  })

  test('what is no PDF, or not all of one, is told apart', ({ assert }) => {
    assert.deepEqual(scanObjects(latin1('<html>')), { code: 'not_pdf' })
    assert.deepEqual(scanObjects(latin1('%PDF-1.7\n1 0 obj\n<< >>')), { code: 'truncated' })
  })

  test('each kind of active content is found, packed or in the open', async ({ assert }) => {
    for (const kind of [
      'javascript',
      'javascript_in_the_open',
      'attachment',
      'open_action',
      'escaped_name',
    ] as const) {
      assert.equal(scanObjects(await hostilePdf(kind))?.code, 'active_content', kind)
    }
    for (const object of [
      '<< /AA << /O 3 0 R >> >>',
      '<< /S /Launch /F (x) >>',
      '<< /Subtype /RichMedia >>',
      '<< /S /SubmitForm >>',
      '<< /AcroForm << /XFA [] >> >>',
    ]) {
      assert.equal(scanObjects(file(object))?.code, 'active_content', object)
      assert.equal(scanObjects(file(objectStream(object)))?.code, 'active_content', `packed ${object}`)
    }
  })

  test('an action that opens with the file is found behind its reference', ({ assert }) => {
    const found = scanObjects(file('<< /Type /Catalog /OpenAction 2 0 R >>', '<< /S /URI /URI (http://x) >>'))
    assert.deepEqual(found, { code: 'active_content', found: ['OpenAction'] })
  })

  test('words in a text are no names: a plan may speak of /Launch in brackets', ({ assert }) => {
    assert.isNull(scanObjects(file('<< /Title (about /AA and /Launch \\) /JS) >>')))
  })

  test('an object hidden in the bytes of a stream is found', ({ assert }) => {
    const hidden =
      '<< /Length 60 >>\nstream\n7 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj     \nendstream'
    assert.equal(scanObjects(file(hidden))?.code, 'active_content')
  })

  test('encryption is seen in the trailer and in a cross-reference stream', ({ assert }) => {
    const trailer = latin1('%PDF-1.7\ntrailer << /Encrypt 4 0 R >>\nstartxref\n9\n%%EOF')
    assert.deepEqual(scanObjects(trailer), { code: 'encrypted' })
    assert.deepEqual(scanObjects(file('<< /Type /XRef /Encrypt 4 0 R /Length 0 >>\nstream\n\nendstream')), {
      code: 'encrypted',
    })
  })

  test('a stream that unpacks beyond all measure is a bomb, packed twice too', ({ assert }) => {
    const limits = { ...INTAKE_LIMITS, streamBytes: 1_000_000 }
    const once = deflateSync(Buffer.alloc(2_000_000)).toString('latin1')
    const twice = deflateSync(Buffer.from(once, 'latin1')).toString('latin1')
    const stream = (content: string, filter: string) =>
      file(`<< /Filter ${filter} /Length ${content.length} >>\nstream\n${content}\nendstream`)
    assert.deepEqual(scanObjects(stream(once, '/FlateDecode'), limits), { code: 'bomb', object: 1 })
    assert.deepEqual(scanObjects(stream(twice, '[/FlateDecode /Fl]'), limits), { code: 'bomb', object: 1 })
    assert.isNull(scanObjects(stream(once, '/FlateDecode')))
    assert.equal(
      scanObjects(file('<< /Subtype /Image /Width 90000 /Height 90000 /Length 0 >>\nstream\n\nendstream'))
        ?.code,
      'bomb'
    )
  })

  test('no damage makes the scan throw or hang', ({ assert }) => {
    let seed = 7
    const random = (most: number) => (seed = (seed * 48271) % 2147483647) % most
    const whole = file('<< /Type /Catalog /Kids [ 1 0 R (a(b)c) <41> ] >>', objectStream('<< /A 1 >>'))
    for (let round = 0; round < 400; round++) {
      const bytes = whole.slice()
      for (let hit = 0; hit < 6; hit++) bytes[9 + random(bytes.length - 60)] = random(256)
      const refusal = scanObjects(bytes)
      assert.isTrue(refusal === null || typeof refusal.code === 'string')
    }
  })
})
