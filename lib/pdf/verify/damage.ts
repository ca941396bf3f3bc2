import { fail, ok, type Result } from '../../result.ts'
import { fromLatin1, type Bytes } from '../../pki/bytes.ts'
import { DerError } from '../../pki/der_read.ts'
import { CosFile } from '../cos/file.ts'
import { CosError } from '../cos/values.ts'
import { FormError } from '../sign/fields.ts'
import type { FindingCode } from './findings.ts'

const HEADER = /^%PDF-1\.\d/
/** How far from the end of a whole file the last mark stands, at most: ISO 32000-1, 7.5.5 puts it on the last line. */
const END = /startxref\r?\n\d{1,10}\r?\n%%EOF\r?\n?$/

/** The file as its revisions, or the name of what cannot be read: header, end, or a cross-reference table. */
export function openReport(bytes: Bytes): Result<CosFile, { code: FindingCode }> {
  try {
    return ok(new CosFile(bytes))
  } catch (error) {
    if (!isDamage(error)) throw error
    if (!HEADER.test(fromLatin1(bytes.subarray(0, 8)))) return fail({ code: 'header_damaged' })
    return fail({ code: END.test(fromLatin1(bytes.subarray(-64))) ? 'xref_damaged' : 'end_missing' })
  }
}

/** Errors that mean the file is not what it should be, rather than a fault of ours. */
export function isDamage(error: unknown): boolean {
  return error instanceof CosError || error instanceof RangeError
}

/** The finding for an error met while a file was being judged; undefined for a fault of ours. */
export function damageOf(error: unknown): FindingCode | undefined {
  if (error instanceof FormError) return 'form_damaged'
  if (isDamage(error)) return 'object_damaged'
  return error instanceof DerError ? 'certificate_malformed' : undefined
}
