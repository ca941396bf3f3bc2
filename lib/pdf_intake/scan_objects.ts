import { activeContent, opensAtAPage } from './active_content.ts'
import { INTAKE_LIMITS, type IntakeLimits, type IntakeRefusal } from './limits.ts'
import { nameOf, parseValue, type PdfValue, valueOf } from './parse_value.ts'
import { unpack } from './streams.ts'
import { Tokens } from './tokens.ts'

/** Long enough that they do not stand in compressed data by chance; found anywhere in the file they count. */
const TELLING = ['/JavaScript', '/EmbeddedFile', '/RichMedia', '/SubmitForm', '/ImportData']

/**
 * Looks at every object of a PDF, those inside object streams included, without trusting its
 * cross-reference table: a reader that rebuilds the table sees the same objects. Refuses encryption, active
 * content and bombs. Null when there is nothing against the file.
 */
export function scanObjects(bytes: Uint8Array, limits: IntakeLimits = INTAKE_LIMITS): IntakeRefusal | null {
  if (!startsWith(bytes, '%PDF-')) return { code: 'not_pdf' }
  if (!endsAsPdf(bytes)) return { code: 'truncated' }
  return new ObjectScan(bytes, limits).run()
}

function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let index = 0; index < text.length; index++)
    if (bytes[at + index] !== text.charCodeAt(index)) return false
  return true
}

/** The last kilobytes say where the table is and that the file ends here. */
function endsAsPdf(bytes: Uint8Array): boolean {
  const tail = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + Math.max(0, bytes.length - 4096),
    Math.min(4096, bytes.length)
  ).toString('latin1')
  return tail.includes('startxref') && tail.includes('%%EOF')
}

class ObjectScan {
  readonly bytes: Uint8Array
  readonly limits: IntakeLimits
  readonly buffer: Buffer
  readonly found = new Set<string>()
  readonly opens: number[] = []
  /** Values of small objects, to resolve what `/OpenAction` points at. */
  readonly actions = new Map<number, PdfValue[]>()
  unpacked = 0
  objects = 0
  encrypted = false
  bombAt: number | null = null

  constructor(bytes: Uint8Array, limits: IntakeLimits) {
    this.bytes = bytes
    this.limits = limits
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  run(): IntakeRefusal | null {
    this.#scanFile()
    if (this.encrypted) return { code: 'encrypted' }
    if (this.bombAt !== null) return { code: 'bomb', object: this.bombAt }
    for (const ref of this.opens)
      if (!(this.actions.get(ref) ?? []).every(opensAtAPage)) this.found.add('OpenAction')
    this.#scanRaw()
    return this.found.size > 0 ? { code: 'active_content', found: [...this.found].sort() } : null
  }

  /** Goes from one "N G obj" or "trailer" to the next, stepping over the content of streams. */
  #scanFile(): void {
    const tokens = new Tokens(this.bytes)
    let numbers: number[] = []
    for (;;) {
      const token = tokens.next()
      if (token.kind === 'end' || this.encrypted || this.bombAt !== null) return
      if (token.kind === 'number') {
        numbers = [...numbers.slice(-1), token.value]
        continue
      }
      if (token.kind === 'word' && token.text === 'obj') this.#object(tokens, numbers[0] ?? 0)
      else if (token.kind === 'word' && token.text === 'trailer') this.#note(0, parseValue(tokens).value)
      numbers = []
    }
  }

  #object(tokens: Tokens, number: number): void {
    if (++this.objects > this.limits.objects) {
      this.bombAt = number
      return
    }
    const { value } = parseValue(tokens)
    this.#note(number, value)
    const before = tokens.position
    const next = tokens.next()
    if (next.kind === 'word' && next.text === 'stream') this.#stream(tokens, number, value)
    else tokens.position = before
  }

  #note(number: number, value: PdfValue): void {
    const { found, opens } = activeContent(value)
    for (const name of found) this.found.add(name)
    this.opens.push(...opens)
    if (valueOf(value, 'Encrypt') !== null) this.encrypted = true
    if (Array.isArray(value) || valueOf(value, 'S') !== null)
      this.actions.set(number, [...(this.actions.get(number) ?? []), value])
  }

  #stream(tokens: Tokens, number: number, dictionary: PdfValue): void {
    const start = this.#contentStart(tokens.position)
    const end = this.#contentEnd(start, valueOf(dictionary, 'Length'))
    tokens.position = end
    const image = nameOf(valueOf(dictionary, 'Subtype')) === 'Image'
    if (image) return this.#image(number, dictionary)
    const { bytes, bomb } = unpack(
      this.bytes.subarray(start, end),
      filtersOf(dictionary),
      this.limits.streamBytes
    )
    this.unpacked += bytes?.length ?? 0
    if (bomb || this.unpacked > this.limits.totalBytes) this.bombAt = number
    else if (bytes && nameOf(valueOf(dictionary, 'Type')) === 'ObjStm') this.#objectStream(bytes, dictionary)
  }

  #image(number: number, dictionary: PdfValue): void {
    const width = valueOf(dictionary, 'Width') ?? valueOf(dictionary, 'W')
    const height = valueOf(dictionary, 'Height') ?? valueOf(dictionary, 'H')
    if (typeof width === 'number' && typeof height === 'number' && width * height > this.limits.imagePixels)
      this.bombAt = number
  }

  /** Pairs of object number and offset, then the objects' values (ISO 32000-1, 7.5.7). */
  #objectStream(bytes: Uint8Array, dictionary: PdfValue): void {
    const first = valueOf(dictionary, 'First')
    const header = new Tokens(
      bytes,
      0,
      typeof first === 'number' ? Math.min(first, bytes.length) : bytes.length
    )
    const numbers: number[] = []
    for (let token = header.next(); token.kind === 'number'; token = header.next()) numbers.push(token.value)
    for (let index = 0; index + 1 < numbers.length; index += 2) {
      if (++this.objects > this.limits.objects) return void (this.bombAt = numbers[index]!)
      const at = (typeof first === 'number' ? first : 0) + numbers[index + 1]!
      this.#note(numbers[index]!, parseValue(new Tokens(bytes, at)).value)
    }
    // Names between the listed objects would be seen by a reader with another table.
    this.#noteLoose(bytes)
  }

  #noteLoose(bytes: Uint8Array): void {
    const tokens = new Tokens(bytes)
    for (let token = tokens.next(); token.kind !== 'end'; token = tokens.next()) {
      if (token.kind === 'name')
        for (const name of activeContent({ name: token.text }).found) this.found.add(name)
    }
  }

  #contentStart(at: number): number {
    if (this.bytes[at] === 13 && this.bytes[at + 1] === 10) return at + 2
    return this.bytes[at] === 10 || this.bytes[at] === 13 ? at + 1 : at
  }

  /** The length is believed only where `endstream` stands behind it; else the next `endstream` counts. */
  #contentEnd(start: number, length: PdfValue): number {
    if (typeof length === 'number' && length >= 0) {
      const behind = this.buffer.subarray(start + length, start + length + 16).toString('latin1')
      if (/^\s*endstream/.test(behind)) return start + length
    }
    const next = this.buffer.indexOf('endstream', start)
    return next < 0 ? this.bytes.length : next
  }

  /** An object that hides inside a stream's bytes is plain text there. */
  #scanRaw(): void {
    for (const name of TELLING) {
      if (this.buffer.includes(name)) this.found.add(name.slice(1))
    }
  }
}

function filtersOf(dictionary: PdfValue): string[] {
  const filter = valueOf(dictionary, 'Filter') ?? valueOf(dictionary, 'F')
  const list = Array.isArray(filter) ? filter : filter === null ? [] : [filter]
  return list.map((entry) => nameOf(entry) ?? 'unknown')
}
