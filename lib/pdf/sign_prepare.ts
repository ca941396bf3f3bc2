import { fail, ok, type Result } from '../result.ts'
import { equalBytes, latin1, sha256, type Bytes } from '../pki/bytes.ts'
import { commonNameOf, parseCertificate } from '../pki/certificate.ts'
import { signedAttributes } from '../pki/cms_write.ts'
import { OID } from '../pki/oids.ts'
import { CosFile } from './cos/file.ts'
import { appendRevision, sizeOf } from './cos/increment.ts'
import { dictOf, entry, serialize, textString, type CosDict } from './cos/values.ts'
import { appearanceContent, type Appearance, type AppearanceError } from './sign/appearance.ts'
import { fieldFont } from './sign/field_font.ts'
import { signatureFields, type SignatureField } from './sign/fields.ts'

export type PrepareError =
  AppearanceError | { code: 'field_unknown' | 'field_already_signed' | 'field_of_another_person' }

/** A revision that lacks only the signature itself. `byteRange` as in the file: offset, length, offset, length. */
export type PreparedSignature = {
  fieldName: string
  preparedPdf: Bytes
  /** Length of the revision that this one extends. */
  baseLength: number
  byteRange: readonly [number, number, number, number]
  signedAttributes: Bytes
  certificates: readonly Bytes[]
}

export type PrepareInput = {
  pdf: Bytes
  fieldName: string
  /** The signer's certificate first, then the authorities above it, without the root. */
  certificates: readonly Bytes[]
  appearance: Appearance
  /** Time claimed in /M; the timestamp is what counts. */
  now: Date
  /** Bytes kept for the timestamp token: 3–4 KB for ours, more for a long chain. */
  tokenRoom?: number
}

const RANGE_WIDTH = 10
const CMS_ROOM = 700

/**
 * Writes the increment for one signature, /Contents still zeros, and the signed attributes for the signer to
 * check and sign (PAdES baseline, ETSI EN 319 142-1; no signing-time). Nothing but the field, its appearance and
 * the signature is written.
 */
export async function prepareSignature(
  input: PrepareInput
): Promise<Result<PreparedSignature, PrepareError>> {
  const file = new CosFile(input.pdf)
  const field = signatureFields(file).find(({ name }) => name === input.fieldName)
  if (!field || field.kind === 'archive') return fail({ code: 'field_unknown' })
  if (field.dict.entries.has('V')) return fail({ code: 'field_already_signed' })
  if (!isFor(field, input.certificates[0]!)) return fail({ code: 'field_of_another_person' })
  const appearance = file.object(field.appearance)!
  const content = appearanceContent(input.appearance, field, fieldFont(file, appearance))
  if (!content.ok) return content
  const signature = sizeOf(file)
  const room =
    CMS_ROOM + (input.tokenRoom ?? 4096) + input.certificates.reduce((sum, { length }) => sum + length, 0)
  const objects = new Map([
    [field.object, serialize(withEntry(field.dict, 'V', signature))],
    [field.appearance, appearanceObject(dictOf(appearance)!, content.value)],
    [signature, signatureDictionary(file, field, input, room)],
  ])
  const { Root: root } = Object.fromEntries(file.sections[file.last]!.trailer.entries)
  // The certification alone touches the catalog, to name itself there (ISO 32000-1, 12.8.4).
  if (field.kind === 'seal' && root?.kind === 'ref') {
    objects.set(
      root.number,
      serialize(dictOf(file.catalog())!).replace(/>>$/, `\n/Perms <</DocMDP ${signature} 0 R>>>>`)
    )
  }
  return ok(await reserve(appendRevision(file, objects), input, signature))
}

function isFor(field: SignatureField, certificate: Bytes): boolean {
  if (!field.expected) return true
  const parsed = parseCertificate(certificate)
  return (
    commonNameOf(parsed) === field.expected.name &&
    (parsed.subjectNames.get(OID.serialNumber) ?? '') === field.expected.rosterNumber
  )
}

function withEntry(dict: CosDict, key: string, object: number): CosDict {
  return {
    kind: 'dict',
    entries: new Map([...dict.entries, [key, { kind: 'ref', number: object, generation: 0 }]]),
  }
}

/** Same keys in the same order as the empty stream had: validators take other keys for an undefined change. */
function appearanceObject(dict: CosDict, content: string): string {
  const entries = new Map(dict.entries)
  entries.set('Length', { kind: 'number', value: content.length, text: String(content.length) })
  return `${serialize({ kind: 'dict', entries })}\nstream\n${content}\nendstream`
}

function signatureDictionary(
  file: CosFile,
  field: SignatureField,
  input: PrepareInput,
  room: number
): string {
  const root = serialize(file.sections[file.last]!.trailer.entries.get('Root')!)
  const own = serialize(entry(field.dict, 'T')!)
  const fieldLock = `<</Type /SigRef\n/TransformMethod /FieldMDP\n/TransformParams <</Type /TransformParams\n/Action /Include\n/Fields [${own}]\n/V /1.2>>\n/Data ${root}>>`
  const certification =
    '<</Type /SigRef\n/TransformMethod /DocMDP\n/TransformParams <</Type /TransformParams\n/P 2\n/V /1.2>>>>'
  const references = field.kind === 'seal' ? `${certification} ${fieldLock}` : fieldLock
  const blank = ' '.repeat(RANGE_WIDTH)
  return `<</Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/ByteRange [0 ${blank} ${blank} ${blank}]\n/Contents <${'00'.repeat(room)}>\n/Name ${textString(input.appearance.name)}\n/M ${pdfDate(input.now)}\n/Reference [${references}]>>`
}

/** Asia/Shanghai, as everything that people read here. */
function pdfDate(time: Date): string {
  const local = new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace(/[-:T]/g, '')
  return `(D:${local}+08'00')`
}

async function reserve(pdf: Bytes, input: PrepareInput, signature: number): Promise<PreparedSignature> {
  const contents = entry(new CosFile(pdf).object(signature), 'Contents')
  if (contents?.kind !== 'string') throw new RangeError('the signature is not where it was written')
  const byteRange = [0, contents.start, contents.end, pdf.length - contents.end] as const
  const written = `[${['0', ...byteRange.slice(1).map((number) => String(number).padStart(RANGE_WIDTH))].join(' ')}]`
  pdf.set(latin1(written), rangePlace(pdf, input.pdf.length))
  const messageDigest = await sha256(pdf.subarray(0, contents.start), pdf.subarray(contents.end))
  const attributes = await signedAttributes({
    contentType: OID.data,
    messageDigest,
    certificate: input.certificates[0]!,
  })
  return {
    fieldName: input.fieldName,
    preparedPdf: pdf,
    baseLength: input.pdf.length,
    byteRange,
    signedAttributes: attributes,
    certificates: input.certificates,
  }
}

function rangePlace(pdf: Bytes, from: number): number {
  const needle = latin1('/ByteRange [0 ')
  for (let at = from; at < pdf.length; at++) {
    if (pdf[at] === 0x2f && equalBytes(pdf.subarray(at, at + needle.length), needle))
      return at + '/ByteRange '.length
  }
  throw new RangeError('no place for the byte range')
}
