import { concat, latin1, type Bytes } from '../../pki/bytes.ts'
import { CosFile } from './file.ts'
import { serialize } from './values.ts'

/**
 * Appends one revision (ISO 32000-1, 7.5.6): the objects, a table for them, a trailer with the same Root,
 * Info and ID. At least one object must be new, so /Size always grows: strict readers refuse an increment
 * that lowers it. Throws RangeError when an object number is given twice or none is new.
 */
export function appendRevision(file: CosFile, objects: ReadonlyMap<number, string>): Bytes {
  const trailer = file.sections[file.last]!.trailer
  const size = sizeOf(file)
  const numbers = [...objects.keys()].sort((a, b) => a - b)
  const top = numbers.at(-1) ?? 0
  if (top < size) throw new RangeError('an increment adds an object')
  let offset = file.bytes.length
  const parts: Bytes[] = []
  const lines: string[] = []
  for (const [index, number] of numbers.entries()) {
    const body = latin1(`${number} 0 obj\n${objects.get(number)}\nendobj\n`)
    if (numbers[index - 1] !== number - 1) lines.push(`${number} ${runLength(numbers, index)}\n`)
    lines.push(`${String(offset).padStart(10, '0')} 00000 n \n`)
    parts.push(body)
    offset += body.length
  }
  const kept = ['Root', 'Info', 'ID']
    .map((key) => `/${key} ${serialize(trailer.entries.get(key)!)}`)
    .join('\n')
  const table = `xref\n${lines.join('')}trailer\n<</Size ${top + 1}\n${kept}\n/Prev ${file.sections[file.last]!.start}>>\nstartxref\n${offset}\n%%EOF\n`
  return concat(file.bytes, ...parts, latin1(table))
}

function runLength(numbers: readonly number[], from: number): number {
  let length = 1
  while (numbers[from + length] === numbers[from]! + length) length++
  return length
}

/** /Size of the newest trailer: the first object number that is free to use. */
export function sizeOf(file: CosFile): number {
  const size = file.sections[file.last]!.trailer.entries.get('Size')
  if (size?.kind !== 'number') throw new RangeError('a trailer without Size')
  return size.value
}
