import { fromHex, fromLatin1, type Bytes } from '../../pki/bytes.ts'
import { CosError, type CosDict, type CosString, type CosValue } from './values.ts'

const SPACE = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20])
const DELIMITER = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)))
const DEEPEST = 64

export type ObjectReader = (number: number) => CosValue | undefined

/** A reader of PDF syntax at a place in the file. Throws CosError on anything that ISO 32000-1 does not allow. */
export class CosParser {
  position: number
  private readonly bytes: Bytes
  private depth = 0

  constructor(bytes: Bytes, position: number) {
    this.bytes = bytes
    this.position = position
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.position]
      if (byte === 0x25) while (this.position < this.bytes.length && !this.atLineEnd()) this.position++
      else if (byte !== undefined && SPACE.has(byte)) this.position++
      else return
    }
  }

  private atLineEnd(): boolean {
    const byte = this.bytes[this.position]
    return byte === 0x0a || byte === 0x0d
  }

  /** Whether these ASCII characters come next; they are consumed when they do. */
  accept(text: string): boolean {
    for (let index = 0; index < text.length; index++) {
      if (this.bytes[this.position + index] !== text.charCodeAt(index)) return false
    }
    this.position += text.length
    return true
  }

  require(text: string): void {
    if (!this.accept(text)) throw new CosError(`${text} is due at ${this.position}`)
  }

  token(): string {
    const start = this.position
    while (this.position < this.bytes.length) {
      const byte = this.bytes[this.position]!
      if (SPACE.has(byte) || DELIMITER.has(byte)) break
      this.position++
    }
    return fromLatin1(this.bytes.subarray(start, this.position))
  }

  /** A non-negative integer of at most ten digits. */
  integer(): number {
    const text = this.token()
    if (!/^\d{1,10}$/.test(text)) throw new CosError(`a number is due at ${this.position}`)
    return Number(text)
  }

  value(): CosValue {
    this.skipSpace()
    if (++this.depth > DEEPEST) throw new CosError('nested too deep')
    const value = this.read()
    this.depth--
    return value
  }

  private read(): CosValue {
    const start = this.position
    if (this.accept('<<')) return this.dict()
    if (this.accept('<')) return this.hexString(start)
    if (this.accept('(')) return this.literalString(start)
    if (this.accept('/')) return { kind: 'name', name: this.name() }
    if (this.accept('[')) return this.array()
    const token = this.token()
    if (token === 'true' || token === 'false') return { kind: 'boolean', value: token === 'true' }
    if (token === 'null') return { kind: 'null' }
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(token)) throw new CosError(`unknown token at ${start}`)
    return this.reference(token) ?? { kind: 'number', value: Number(token), text: token }
  }

  private reference(token: string): CosValue | undefined {
    if (!/^\d{1,10}$/.test(token)) return undefined
    const match = /^[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![A-Za-z0-9])/.exec(
      fromLatin1(this.bytes.subarray(this.position, this.position + 24))
    )
    if (!match) return undefined
    this.position += match[0].length
    return { kind: 'ref', number: Number(token), generation: Number(match[1]) }
  }

  private dict(): CosDict {
    const entries = new Map<string, CosValue>()
    for (;;) {
      this.skipSpace()
      if (this.accept('>>')) return { kind: 'dict', entries }
      this.require('/')
      const key = this.name()
      if (entries.has(key)) throw new CosError(`key ${key} twice`)
      entries.set(key, this.value())
    }
  }

  private array(): CosValue {
    const items: CosValue[] = []
    for (;;) {
      this.skipSpace()
      if (this.accept(']')) return { kind: 'array', items }
      items.push(this.value())
    }
  }

  private name(): string {
    const raw = this.token()
    return raw.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16))
    )
  }

  private hexString(start: number): CosString {
    const close = this.bytes.indexOf(0x3e, this.position)
    if (close < 0) throw new CosError('string without end')
    let digits = fromLatin1(this.bytes.subarray(this.position, close)).replace(/[\0\t\n\f\r ]+/g, '')
    if (!/^[0-9A-Fa-f]*$/.test(digits)) throw new CosError('not hexadecimal')
    if (digits.length % 2 === 1) digits += '0'
    this.position = close + 1
    return { kind: 'string', bytes: fromHex(digits), hex: true, start, end: this.position }
  }

  private literalString(start: number): CosString {
    const out: number[] = []
    for (let open = 1; ; this.position++) {
      const byte = this.bytes[this.position]
      if (byte === undefined) throw new CosError('string without end')
      if (byte === 0x28) open++
      if (byte === 0x29 && --open === 0) break
      if (byte === 0x5c) this.escape(out)
      else out.push(byte)
    }
    this.position++
    return { kind: 'string', bytes: Uint8Array.from(out), hex: false, start, end: this.position }
  }

  private escape(out: number[]): void {
    const next = String.fromCharCode(this.bytes[++this.position] ?? 0)
    const simple = { n: 10, r: 13, t: 9, b: 8, f: 12 }[next]
    if (simple !== undefined) return void out.push(simple)
    const octal = /^[0-7]{1,3}/.exec(fromLatin1(this.bytes.subarray(this.position, this.position + 3)))
    if (!octal) return void (next === '\n' || out.push(next.charCodeAt(0)))
    out.push(Number.parseInt(octal[0], 8) & 0xff)
    this.position += octal[0].length - 1
  }

  /** `n g obj … endobj` at the position; the position is then just behind `endobj`. */
  indirectObject(resolve: ObjectReader): { number: number; generation: number; value: CosValue } {
    const number = this.integer()
    this.require(' ')
    const generation = this.integer()
    this.require(' obj')
    let value = this.value()
    this.skipSpace()
    if (value.kind === 'dict' && this.accept('stream')) value = this.stream(value, resolve)
    this.skipSpace()
    this.require('endobj')
    return { number, generation, value }
  }

  private stream(dict: CosDict, resolve: ObjectReader): CosValue {
    if (!this.accept('\r\n')) this.require('\n')
    let length = dict.entries.get('Length')
    if (length?.kind === 'ref') length = resolve(length.number)
    if (length?.kind !== 'number' || !Number.isInteger(length.value) || length.value < 0)
      throw new CosError('stream length')
    const data = this.bytes.subarray(this.position, this.position + length.value)
    if (data.length !== length.value) throw new CosError('stream cut short')
    this.position += length.value
    if (!this.accept('\r\n') && !this.accept('\n')) this.accept('\r')
    this.require('endstream')
    return { kind: 'stream', dict, data }
  }
}
