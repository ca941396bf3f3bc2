export type Random = (below: number) => number

/** One alteration at random: a bit, a byte, some bytes taken out, put in, doubled or swapped, or the end cut off. */
export function altered(bytes: Uint8Array, random: Random): { bytes: Uint8Array<ArrayBuffer>; how: string } {
  const at = random(bytes.length)
  const length = 1 + random(Math.min(64, bytes.length - at))
  const part = bytes.subarray(at, at + length)
  const ways: [string, () => Uint8Array<ArrayBuffer>][] = [
    ['bit', () => withByte(bytes, at, bytes[at]! ^ (1 << random(8)))],
    ['byte', () => withByte(bytes, at, random(256))],
    ['removed', () => joined(bytes.subarray(0, at), bytes.subarray(at + length))],
    ['inserted', () => joined(bytes.subarray(0, at), noise(length, random), bytes.subarray(at))],
    ['doubled', () => joined(bytes.subarray(0, at + length), part, bytes.subarray(at + length))],
    ['reversed', () => joined(bytes.subarray(0, at), part.toReversed(), bytes.subarray(at + length))],
    ['cut', () => joined(bytes.subarray(0, at))],
  ]
  const [name, alter] = ways[random(ways.length)]!
  return { bytes: alter(), how: `${name} at ${at}, ${length} long` }
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes)
  copy[at] = value
  return copy
}

function noise(length: number, random: Random): Uint8Array {
  return Uint8Array.from({ length }, () => random(256))
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts))
}

/** The verdict, or that there is none: a verifier that falls over has let the alteration through. */
export async function verdictOf(verify: () => Promise<string> | string): Promise<string> {
  try {
    return await verify()
  } catch (error) {
    return `no verdict, ${String(error)}`
  }
}
