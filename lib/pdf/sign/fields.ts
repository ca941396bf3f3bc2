import { ARCHIVE_FIELDS, SEAL_FIELD } from '../report_document.ts'
import type { CosFile } from '../cos/file.ts'
import { entry, nameIn, numbersOf, textOf, type CosDict, type CosValue } from '../cos/values.ts'

/** A signature field as the certified revision lays it out, with the person expected to fill it. */
export type SignatureField = {
  name: string
  kind: 'seal' | 'person' | 'archive'
  object: number
  dict: CosDict
  appearance: number
  width: number
  height: number
  expected: { name: string; rosterNumber: string } | undefined
}

/** The form is not as this product writes it. */
export class FormError extends RangeError {}

/** The signature fields of the form as of a revision. Throws FormError. */
export function signatureFields(file: CosFile, revision = file.last): SignatureField[] {
  const form = file.resolve(entry(file.catalog(revision), 'AcroForm'), revision)
  const fields = file.resolve(entry(form, 'Fields'), revision)
  if (fields?.kind !== 'array') throw new FormError('no form')
  return fields.items.map((item) => readField(file, item, revision))
}

function readField(file: CosFile, reference: CosValue, revision: number): SignatureField {
  const dict = file.resolve(reference, revision)
  if (reference.kind !== 'ref' || dict?.kind !== 'dict') throw new FormError('field')
  const name = textOf(entry(dict, 'T'))
  const rectangle = numbersOf(entry(dict, 'Rect'))
  const appearance = entry(file.resolve(entry(dict, 'AP'), revision), 'N')
  if (
    !name ||
    rectangle?.length !== 4 ||
    appearance?.kind !== 'ref' ||
    nameIn(dict, 'FT') !== 'Sig' ||
    dict.entries.has('Kids')
  ) {
    throw new FormError('field')
  }
  const expectedName = textOf(entry(dict, 'LZName'))
  const [left, bottom, right, top] = rectangle as [number, number, number, number]
  return {
    name,
    dict,
    object: reference.number,
    appearance: appearance.number,
    width: right - left,
    height: top - bottom,
    kind:
      name === SEAL_FIELD
        ? 'seal'
        : (ARCHIVE_FIELDS as readonly string[]).includes(name)
          ? 'archive'
          : 'person',
    expected:
      expectedName === undefined
        ? undefined
        : { name: expectedName, rosterNumber: textOf(entry(dict, 'LZRosterNumber')) ?? '' },
  }
}
