import { ID, type MediaFrame } from '../recorder/webm_bytes.ts'

export interface SegmentContent {
  frames: MediaFrame[]
  /** The file ends in the middle of an element: its writer was killed. What came before is there. */
  cutOff: boolean
}

interface Element {
  id: number
  start: number
  /** Beyond the file's end where the file was cut off. */
  end: number
}

/** The frames of one segment of the recorder's, also when it has no cluster yet or ends in the middle of one. */
export function readSegment(bytes: Uint8Array): SegmentContent {
  const content: SegmentContent = { frames: [], cutOff: false }
  let offset = 0
  while (offset < bytes.length) {
    const element = readElement(bytes, offset)
    if (element === null) {
      content.cutOff = true
      break
    }
    // The segment has no size: go into it. Everything else is passed over.
    offset = element.id === ID.segment ? element.start : element.end
    if (element.id === ID.cluster) readCluster(bytes, element, content)
    if (element.id !== ID.segment && element.end > bytes.length) content.cutOff = true
  }
  return content
}

function readCluster(bytes: Uint8Array, cluster: Element, content: SegmentContent): void {
  let clusterMs = 0
  let offset = cluster.start
  while (offset < Math.min(cluster.end, bytes.length)) {
    const element = readElement(bytes, offset)
    if (element === null || element.end > bytes.length) return
    if (element.id === ID.timestamp) clusterMs = readUnsigned(bytes, element)
    if (element.id === ID.simpleBlock) content.frames.push(readBlock(bytes, element, clusterMs))
    offset = element.end
  }
}

/** Track number (one byte here), signed distance from the cluster's time, flags, frame. */
function readBlock(bytes: Uint8Array, element: Element, clusterMs: number): MediaFrame {
  const distance = ((bytes[element.start + 1]! << 24) >> 16) | bytes[element.start + 2]!
  return {
    timeMs: clusterMs + distance,
    keyFrame: (bytes[element.start + 3]! & 0x80) !== 0,
    data: bytes.subarray(element.start + 4, element.end),
  }
}

/** EBML (RFC 8794): an id and a size, each as long as the leading zeros of its first byte say. */
function readElement(bytes: Uint8Array, offset: number): Element | null {
  const idLength = Math.clz32(bytes[offset]! << 24) + 1
  const sizeAt = offset + idLength
  if (idLength > 4 || sizeAt >= bytes.length) return null
  const sizeLength = Math.clz32(bytes[sizeAt]! << 24) + 1
  const start = sizeAt + sizeLength
  if (sizeLength > 8 || start > bytes.length) return null
  const id = readNumber(bytes, offset, idLength)
  const size = readNumber(bytes, sizeAt, sizeLength) - 2 ** (7 * sizeLength)
  return { id, start, end: start + size }
}

function readUnsigned(bytes: Uint8Array, element: Element): number {
  return readNumber(bytes, element.start, element.end - element.start)
}

function readNumber(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0
  for (let index = 0; index < length; index += 1) value = value * 256 + bytes[offset + index]!
  return value
}
