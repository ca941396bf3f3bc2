import { fromLatin1, latin1, toHex, type Bytes } from '../../pki/bytes.ts'

/** PDF objects (ISO 32000-1, 7.3). `start` and `end` of a string are its place in the file, delimiters included. */
export type CosValue =
  CosNumber | CosBoolean | CosNull | CosName | CosString | CosRef | CosArray | CosDict | CosStream
export type CosNumber = { kind: 'number'; value: number; text: string }
export type CosBoolean = { kind: 'boolean'; value: boolean }
export type CosNull = { kind: 'null' }
export type CosName = { kind: 'name'; name: string }
export type CosString = { kind: 'string'; bytes: Bytes; hex: boolean; start: number; end: number }
export type CosRef = { kind: 'ref'; number: number; generation: number }
export type CosArray = { kind: 'array'; items: CosValue[] }
export type CosDict = { kind: 'dict'; entries: Map<string, CosValue> }
export type CosStream = { kind: 'stream'; dict: CosDict; data: Bytes }

export class CosError extends Error {}

export function dictOf(value: CosValue | undefined): CosDict | undefined {
  if (value?.kind === 'stream') return value.dict
  return value?.kind === 'dict' ? value : undefined
}

export function entry(value: CosValue | undefined, key: string): CosValue | undefined {
  return dictOf(value)?.entries.get(key)
}

export function nameIn(value: CosValue | undefined, key: string): string | undefined {
  const found = entry(value, key)
  return found?.kind === 'name' ? found.name : undefined
}

export function numbersOf(value: CosValue | undefined): number[] | undefined {
  if (value?.kind !== 'array') return undefined
  const numbers = value.items.map((item) => (item.kind === 'number' ? item.value : Number.NaN))
  return numbers.some(Number.isNaN) ? undefined : numbers
}

/** A text string: UTF-16BE with its mark, otherwise taken as Latin-1 (enough for what this product writes). */
export function textOf(value: CosValue | undefined): string | undefined {
  if (value?.kind !== 'string') return undefined
  const { bytes } = value
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return fromLatin1(bytes)
  let text = ''
  for (let index = 2; index + 1 < bytes.length; index += 2)
    text += String.fromCharCode((bytes[index]! << 8) | bytes[index + 1]!)
  return text
}

/** A text string as PDF source: hexadecimal UTF-16BE with its byte order mark. */
export function textString(text: string): string {
  let hex = 'feff'
  for (let index = 0; index < text.length; index++)
    hex += text.charCodeAt(index).toString(16).padStart(4, '0')
  return `<${hex}>`
}

/** PDF source of a value in one fixed spelling: two values are the same when their sources are. */
export function serialize(value: CosValue): string {
  switch (value.kind) {
    case 'number':
      return value.text
    case 'boolean':
      return String(value.value)
    case 'null':
      return 'null'
    case 'name':
      return serializeName(value.name)
    case 'string':
      return `<${toHex(value.bytes)}>`
    case 'ref':
      return `${value.number} ${value.generation} R`
    case 'array':
      return `[${value.items.map(serialize).join(' ')}]`
    case 'dict':
      return `<<${[...value.entries].map(([key, item]) => `${serializeName(key)} ${serialize(item)}`).join('\n')}>>`
    case 'stream':
      return `${serialize(value.dict)}\nstream\n${fromLatin1(value.data)}\nendstream`
  }
}

function serializeName(name: string): string {
  const escaped = [...latin1(name)].map((byte) =>
    byte > 0x20 && byte < 0x7f && !'()<>[]{}/%#'.includes(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `#${byte.toString(16).padStart(2, '0')}`
  )
  return `/${escaped.join('')}`
}
