import { PDFHexString, PDFName, type PDFContext, type PDFRef } from 'pdf-lib'
import { ARCHIVE_FIELDS } from '../report_document.ts'
import type { PlacedField } from './flow.ts'

const PRINT = 4

/**
 * The widget of one signature field, with what strict validators ask for before anybody signs: an empty
 * appearance stream with the keys the final one will have, a lock that includes only the field itself (so that
 * any order of signing works), and the person expected, whom the verifier compares with the certificate.
 */
export function signatureField(
  context: PDFContext,
  field: PlacedField,
  page: PDFRef,
  key: number,
  font: PDFRef
): PDFRef {
  const appearance = context.stream('', {
    Type: 'XObject',
    Subtype: 'Form',
    FormType: 1,
    BBox: [0, 0, field.width, field.height],
    Resources: { Font: { F1: font } },
  })
  const lock = context.register(
    context.obj({
      Type: 'SigFieldLock',
      Action: 'Include',
      Fields: [PDFHexString.of(Buffer.from(field.name, 'latin1').toString('hex'))],
    })
  )
  const widget = context.obj({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    F: PRINT,
    P: page,
    StructParent: key,
    Rect: [field.x, field.y, field.x + field.width, field.y + field.height],
    AP: { N: context.register(appearance) },
  })
  widget.set(PDFName.of('T'), PDFHexString.of(Buffer.from(field.name, 'latin1').toString('hex')))
  widget.set(PDFName.of('TU'), PDFHexString.fromText(field.label))
  // An archive timestamp locks nothing.
  if (!(ARCHIVE_FIELDS as readonly string[]).includes(field.name)) widget.set(PDFName.of('Lock'), lock)
  if (field.expected) {
    widget.set(PDFName.of('LZName'), PDFHexString.fromText(field.expected.name))
    widget.set(PDFName.of('LZRosterNumber'), PDFHexString.fromText(field.expected.rosterNumber))
  }
  return context.register(widget)
}
