/** A token of PDF syntax, as far as finding names, references and streams needs it. */
export type Token =
  | { kind: 'name'; text: string }
  | { kind: 'number'; value: number }
  | { kind: 'word'; text: string }
  | { kind: 'open' | 'close' | 'array' | 'end_array' | 'string' | 'end' }

const WHITE = new Set([0, 9, 10, 12, 13, 32])
const DELIMITER = new Set([...'()<>[]{}/%'].map((char) => char.charCodeAt(0)))

/**
 * Reads tokens of PDF syntax (ISO 32000-1, 7.2 and 7.3) from bytes. Strings are skipped, since what stands
 * in them is text; names are unescaped, since /J#61vaScript is /JavaScript. Never throws: what is not
 * syntax becomes a word.
 */
export class Tokens {
  readonly bytes: Uint8Array
  position: number
  readonly end: number

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.position = start
    this.end = end
  }

  next(): Token {
    this.#skipWhite()
    if (this.position >= this.end) return { kind: 'end' }
    const byte = this.bytes[this.position]!
    if (byte === 0x2f) return this.#name()
    if (byte === 0x28) return this.#string()
    if (byte === 0x3c) return this.#angle()
    if (byte === 0x3e) return this.#closing()
    if (byte === 0x5b) return this.#single('array')
    if (byte === 0x5d) return this.#single('end_array')
    if (byte === 0x29 || byte === 0x7b || byte === 0x7d) return this.#single('string')
    return this.#word()
  }

  #skipWhite(): void {
    while (this.position < this.end) {
      const byte = this.bytes[this.position]!
      if (byte === 0x25) {
        while (
          this.position < this.end &&
          this.bytes[this.position] !== 10 &&
          this.bytes[this.position] !== 13
        )
          this.position++
      } else if (WHITE.has(byte)) this.position++
      else return
    }
  }

  #single(kind: 'array' | 'end_array' | 'string'): Token {
    this.position++
    return { kind }
  }

  #name(): Token {
    let text = ''
    this.position++
    while (this.position < this.end) {
      const byte = this.bytes[this.position]!
      if (WHITE.has(byte) || DELIMITER.has(byte)) break
      const escaped = byte === 0x23 ? this.#hexPair(this.position + 1) : -1
      text += String.fromCharCode(escaped < 0 ? byte : escaped)
      this.position += escaped < 0 ? 1 : 3
    }
    return { kind: 'name', text }
  }

  #hexPair(at: number): number {
    if (at + 1 >= this.end) return -1
    const text = String.fromCharCode(this.bytes[at]!, this.bytes[at + 1]!)
    return /^[0-9A-Fa-f]{2}$/.test(text) ? parseInt(text, 16) : -1
  }

  #string(): Token {
    let depth = 0
    while (this.position < this.end) {
      const byte = this.bytes[this.position++]!
      if (byte === 0x5c) this.position++
      else if (byte === 0x28) depth++
      else if (byte === 0x29 && --depth === 0) break
    }
    return { kind: 'string' }
  }

  #angle(): Token {
    if (this.bytes[this.position + 1] === 0x3c) {
      this.position += 2
      return { kind: 'open' }
    }
    while (this.position < this.end && this.bytes[this.position] !== 0x3e) this.position++
    this.position++
    return { kind: 'string' }
  }

  #closing(): Token {
    this.position += this.bytes[this.position + 1] === 0x3e ? 2 : 1
    return { kind: 'close' }
  }

  #word(): Token {
    const start = this.position
    while (this.position < this.end) {
      const byte = this.bytes[this.position]!
      if (WHITE.has(byte) || DELIMITER.has(byte)) break
      this.position++
    }
    const text = String.fromCharCode(...this.bytes.subarray(start, Math.min(this.position, start + 40)))
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)
      ? { kind: 'number', value: Number(text) }
      : { kind: 'word', text }
  }
}
