import { fromLatin1, type Bytes } from '../../pki/bytes.ts'
import { CosParser } from './parse.ts'
import { CosError, type CosDict, type CosValue } from './values.ts'

export type XrefEntry = { offset: number; generation: number; free: boolean }

/** One cross-reference section with its trailer: the end of one revision of the file. */
export type Section = { start: number; end: number; entries: Map<number, XrefEntry>; trailer: CosDict }

const MOST_SECTIONS = 200

/**
 * A PDF file as its revisions, oldest first, objects read on demand. Classic cross-reference tables only,
 * which is all this product writes; streams, hybrids and encrypted files throw CosError.
 */
export class CosFile {
  readonly bytes: Bytes
  readonly sections: Section[]
  private readonly parsed = new Map<number, CosValue>()

  constructor(bytes: Bytes) {
    if (fromLatin1(bytes.subarray(0, 7)) !== '%PDF-1.') throw new CosError('no PDF header')
    this.bytes = bytes
    this.sections = readSections(bytes)
  }

  get last(): number {
    return this.sections.length - 1
  }

  /** The entry of an object as of a revision (by default the last); undefined when there was none or it was free. */
  entryOf(number: number, revision = this.last): XrefEntry | undefined {
    for (let index = revision; index >= 0; index--) {
      const entry = this.sections[index]!.entries.get(number)
      if (entry) return entry.free ? undefined : entry
    }
    return undefined
  }

  object(number: number, revision = this.last): CosValue | undefined {
    const entry = this.entryOf(number, revision)
    if (!entry) return undefined
    const known = this.parsed.get(entry.offset)
    if (known) return known
    const { value } = this.objectAt(number, entry, revision)
    this.parsed.set(entry.offset, value)
    return value
  }

  /** Reads an object where its entry says; `end` is the byte behind `endobj`. */
  objectAt(number: number, entry: XrefEntry, revision: number): { value: CosValue; end: number } {
    const parser = new CosParser(this.bytes, entry.offset)
    const found = parser.indirectObject((length) =>
      length === number ? undefined : this.object(length, revision)
    )
    if (found.number !== number || found.generation !== entry.generation)
      throw new CosError(`object ${number} is not where the table says`)
    return { value: found.value, end: parser.position }
  }

  resolve(value: CosValue | undefined, revision = this.last): CosValue | undefined {
    return value?.kind === 'ref' ? this.object(value.number, revision) : value
  }

  catalog(revision = this.last): CosValue | undefined {
    return this.resolve(this.sections[revision]!.trailer.entries.get('Root'), revision)
  }
}

function readSections(bytes: Bytes): Section[] {
  const sections: Section[] = []
  let offset: number | undefined = lastStart(bytes)
  while (offset !== undefined) {
    const section = readSection(bytes, offset)
    if (sections.length > 0 && section.end > sections[0]!.start) throw new CosError('revisions out of order')
    if (sections.unshift(section) > MOST_SECTIONS) throw new CosError('too many revisions')
    const { entries } = section.trailer
    if (entries.has('XRefStm') || entries.has('Encrypt')) throw new CosError('hybrid or encrypted file')
    const previous = entries.get('Prev')
    if (previous && previous.kind !== 'number') throw new CosError('Prev')
    offset = previous?.value
  }
  return sections
}

function lastStart(bytes: Bytes): number {
  for (let from = bytes.length - 9; from >= 0; from--) {
    if (bytes[from] !== 0x73) continue
    const parser = new CosParser(bytes, from)
    if (!parser.accept('startxref')) continue
    parser.skipSpace()
    return parser.integer()
  }
  throw new CosError('no startxref')
}

function readSection(bytes: Bytes, start: number): Section {
  const parser = new CosParser(bytes, start)
  parser.require('xref')
  const entries = readEntries(bytes, parser)
  parser.require('trailer')
  const trailer = parser.value()
  if (trailer.kind !== 'dict') throw new CosError('trailer')
  parser.skipSpace()
  parser.require('startxref')
  parser.skipSpace()
  if (parser.integer() !== start) throw new CosError('startxref points elsewhere')
  if (!parser.accept('\r\n')) parser.require('\n')
  parser.require('%%EOF')
  if (!parser.accept('\r\n')) parser.accept('\n')
  return { start, end: parser.position, entries, trailer }
}

function readEntries(bytes: Bytes, parser: CosParser): Map<number, XrefEntry> {
  const entries = new Map<number, XrefEntry>()
  parser.skipSpace()
  while (bytes[parser.position]! >= 0x30 && bytes[parser.position]! <= 0x39) {
    const first = parser.integer()
    parser.require(' ')
    const count = parser.integer()
    parser.skipSpace()
    for (let index = 0; index < count; index++, parser.position += 20) {
      const line = /^(\d{10}) (\d{5}) ([nf])( \r| \n|\r\n)$/.exec(
        fromLatin1(bytes.subarray(parser.position, parser.position + 20))
      )
      if (!line || entries.has(first + index)) throw new CosError('cross-reference entry')
      entries.set(first + index, {
        offset: Number(line[1]),
        generation: Number(line[2]),
        free: line[3] === 'f',
      })
    }
    parser.skipSpace()
  }
  return entries
}
