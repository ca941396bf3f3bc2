/** What an archive says of itself: its central directory, held against the headers before each file (APPNOTE 6.3, 4.3). */
import { toHex } from '../bytes.ts'

export type ZipEntry = {
  readonly name: string
  readonly deflated: boolean
  readonly crc: number
  readonly compressed: number
  readonly size: number
  /** Of its header, from the start. */
  readonly offset: number
  readonly flags: number
  /** File name as it stands there, for the comparison with the header. */
  readonly rawName: Uint8Array
}

const END = 0x06054b50
const END_BYTES = 22
const CENTRAL = 0x02014b50
const CENTRAL_BYTES = 46
const LOCAL = 0x04034b50
const LOCAL_BYTES = 30
const DESCRIPTOR = 0x08074b50

/** The compressor's effort (bits 1 and 2), sizes after the data (3), names in UTF-8 (11); never encryption or patches. */
const FLAGS_ALLOWED = 0x080e
const SIZES_FOLLOW = 0x0008
/** Times and owners: NTFS, Info-ZIP's old and new. None that gives another name or size. */
const EXTRAS_ALLOWED = [0x000a, 0x5455, 0x5855, 0x7855, 0x7875]
/** Regular file, folder, or what no Unix made; a symbolic link would be unpacked as something else. */
const KINDS_ALLOWED = [0x8, 0x4, 0x0]

/** Entries in the order of the directory; undefined where it is no plain archive that ends with its directory. */
export function readDirectory(bytes: Uint8Array): { entries: ZipEntry[]; start: number } | undefined {
  const view = viewOf(bytes)
  const end = bytes.length - END_BYTES
  if (end < 0 || view.getUint32(end, true) !== END) return undefined
  const [disk, diskOfDirectory, here, count] = [4, 6, 8, 10].map((at) => view.getUint16(end + at, true))
  const length = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  const comment = view.getUint16(end + 20, true)
  if (disk !== 0 || diskOfDirectory !== 0 || here !== count || comment !== 0) return undefined
  if (start + length !== end) return undefined
  const entries: ZipEntry[] = []
  let at = start
  while (at < end) {
    const read = centralEntry(bytes.subarray(0, end), view, at)
    if (!read) return undefined
    entries.push(read.entry)
    at = read.next
  }
  return entries.length === count ? { entries, start } : undefined
}

function centralEntry(bytes: Uint8Array, view: DataView, at: number) {
  if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL) return undefined
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  const [nameLength, extraLength, comment, disk] = [28, 30, 32, 34].map((on) => view.getUint16(at + on, true))
  const kind = view.getUint32(at + 38, true) >>> 28
  const from = at + CENTRAL_BYTES
  const next = from + nameLength! + extraLength!
  if (next > bytes.length || comment !== 0 || disk !== 0) return undefined
  if (!isPlain(flags, method) || !KINDS_ALLOWED.includes(kind)) return undefined
  if (!areExtrasAllowed(bytes.subarray(from + nameLength!, next))) return undefined
  const rawName = bytes.subarray(from, from + nameLength!)
  const entry: ZipEntry = {
    name: String.fromCharCode(...rawName),
    deflated: method === 8,
    crc: view.getUint32(at + 16, true),
    compressed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
    flags,
    rawName,
  }
  return { entry, next }
}

/**
 * Where each entry's data lie, if header and directory say the same of it and the entries fill the archive up to
 * `start` without gap or overlap: programs differ in which of two they believe. In the order given.
 */
export function placesOf(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  start: number
): Map<ZipEntry, Uint8Array> | undefined {
  const places = new Map<ZipEntry, Uint8Array>()
  const body = bytes.subarray(0, start)
  let at = 0
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    const from = entry.offset === at ? dataStart(body, entry) : undefined
    if (from === undefined || from + entry.compressed > start) return undefined
    places.set(entry, body.subarray(from, from + entry.compressed))
    const next = from + entry.compressed + descriptorLength(body, entry, from + entry.compressed)
    if (Number.isNaN(next)) return undefined
    at = next
  }
  return at === start ? places : undefined
}

function dataStart(body: Uint8Array, entry: ZipEntry): number | undefined {
  const at = entry.offset
  const view = viewOf(body)
  if (at + LOCAL_BYTES > body.length || view.getUint32(at, true) !== LOCAL) return undefined
  const [flags, method, nameLength, extraLength] = [6, 8, 26, 28].map((on) => view.getUint16(at + on, true))
  const said = [14, 18, 22].map((on) => view.getUint32(at + on, true))
  const from = at + LOCAL_BYTES + nameLength! + extraLength!
  if (from > body.length) return undefined
  const follow = (entry.flags & SIZES_FOLLOW) !== 0
  const expected = [entry.crc, entry.compressed, entry.size]
  const sameSizes = said.every((value, i) => value === expected[i] || (follow && value === 0))
  const nameEnd = at + LOCAL_BYTES + nameLength!
  const sameName = toHex(body.subarray(at + LOCAL_BYTES, nameEnd)) === toHex(entry.rawName)
  const same = flags === entry.flags && method === (entry.deflated ? 8 : 0) && sameSizes && sameName
  return same && areExtrasAllowed(body.subarray(nameEnd, from)) ? from : undefined
}

/** Of CRC and sizes after the data, with their mark or without; NaN where they are not those of the entry. */
function descriptorLength(body: Uint8Array, entry: ZipEntry, at: number): number {
  if ((entry.flags & SIZES_FOLLOW) === 0) return 0
  const expected = [entry.crc, entry.compressed, entry.size]
  const view = viewOf(body)
  const fits = (values: readonly number[]) =>
    at + values.length * 4 <= body.length &&
    values.every((value, i) => view.getUint32(at + i * 4, true) === value)
  if (fits([DESCRIPTOR, ...expected])) return 16
  return fits(expected) ? 12 : Number.NaN
}

function isPlain(flags: number, method: number): boolean {
  return (flags & ~FLAGS_ALLOWED) === 0 && (method === 0 || method === 8)
}

function areExtrasAllowed(extras: Uint8Array): boolean {
  const view = viewOf(extras)
  let at = 0
  while (at + 4 <= extras.length) {
    if (!EXTRAS_ALLOWED.includes(view.getUint16(at, true))) return false
    at += 4 + view.getUint16(at + 2, true)
  }
  return at === extras.length
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
