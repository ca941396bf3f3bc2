import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 320
const HEIGHT = 240
const PAPER = [0xe9, 0xed, 0xeb] as const
const FIGURE = [0x5f, 0x6c, 0x67] as const
const STRIPE = [0xed, 0xb0, 0x33] as const

/**
 * The sign-in photograph of a demonstration: a drawn figure over a striped foot, so that nobody takes it for
 * a person. A different `figure` gives a different picture.
 */
export function demoPhoto(figure: number): Uint8Array {
  const middle = 130 + (figure % 7) * 10
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3))
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) rows.set(colourAt(x, y, middle), y * (1 + WIDTH * 3) + 1 + x * 3)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  // 8 bits a channel, RGB.
  head.set([8, 2, 0, 0, 0], 8)
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    magic,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function colourAt(x: number, y: number, middle: number): readonly number[] {
  if (y > 212) return (x + y) % 24 < 12 ? STRIPE : PAPER
  const head = (x - middle) ** 2 + (y - 88) ** 2 < 40 ** 2
  const body = ((x - middle) / 78) ** 2 + ((y - 214) / 82) ** 2 < 1
  return head || body ? FIGURE : PAPER
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
