import { execFileSync } from 'node:child_process'

const COLUMNS = 8
const ROWS = 5
/** Each picture once, at its own time in ms. */
const AS_IT_IS = ['-fps_mode', 'passthrough', '-enc_time_base:v', '1/1000']
const LARGEST = 64 * 1024 * 1024

/**
 * How late each picture of the clock is shown, in ms: the file's time plus the zero, less the time the picture
 * itself tells. Pictures without a readable clock (black ones) are left out.
 */
export function pictureErrors(file: string, zeroMs: number): { atMs: number; errorMs: number }[] {
  const times = run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file],
  ])
    .toString()
    .split('\n')
    .map((line) => Number.parseFloat(line) * 1000)
    .filter((time) => !Number.isNaN(time))
  const scale = `scale=${COLUMNS}:${ROWS}:flags=area,format=gray`
  const pixels = run('ffmpeg', [
    ...['-v', 'error', '-i', file, '-map', '0:v', '-vf', scale, ...AS_IT_IS, '-f', 'rawvideo', '-'],
  ])
  const size = COLUMNS * ROWS
  if (pixels.length !== times.length * size) {
    throw new Error(`${times.length} packets, but ${pixels.length / size} pictures were decoded`)
  }
  return times.flatMap((atMs, index) => {
    const shown = readClock(pixels.subarray(index * size, (index + 1) * size))
    if (shown === null) return []
    return [{ atMs, errorMs: signed((atMs + zeroMs) % 2 ** 32, shown) }]
  })
}

/** How late each beep begins, in ms; beeps begin with each second of the wall clock. */
export function beepErrors(file: string, zeroMs: number): { atMs: number; errorMs: number }[] {
  const rate = 8000
  const raw = run('ffmpeg', [
    '-v',
    'error',
    '-i',
    file,
    '-map',
    '0:a',
    '-ac',
    '1',
    '-ar',
    `${rate}`,
    '-f',
    's16le',
    '-',
  ])
  const samples = new Int16Array(raw.buffer, raw.byteOffset, raw.length >> 1)
  const beeps: { atMs: number; errorMs: number }[] = []
  let quietSince = 0
  for (let index = 0; index < samples.length; index += 1) {
    if (Math.abs(samples[index]!) < 2500) continue
    if (index - quietSince > rate / 2) {
      const atMs = (index / rate) * 1000
      const inSecond = (atMs + zeroMs) % 1000
      beeps.push({ atMs, errorMs: inSecond > 500 ? inSecond - 1000 : inSecond })
    }
    quietSince = index
  }
  return beeps
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

/** What ffmpeg complains of when it decodes the whole file; empty when it is sound. */
export function decodingErrors(file: string): string {
  return run(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-map', '0', ...AS_IT_IS, '-f', 'null', '-'],
    true
  ).toString()
}

function readClock(pixels: Uint8Array): number | null {
  const bytes = Array.from({ length: ROWS }, (_, row) => {
    let byte = 0
    for (let column = 0; column < COLUMNS; column += 1) {
      byte = byte * 2 + (pixels[row * COLUMNS + column]! > 127 ? 1 : 0)
    }
    return byte
  })
  const [a = 0, b = 0, c = 0, d = 0, sum = 0] = bytes
  if ((0x5a ^ a ^ b ^ c ^ d) !== sum) return null
  return a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d
}

function signed(actual: number, expected: number): number {
  const difference = actual - expected
  return difference > 2 ** 31 ? difference - 2 ** 32 : difference
}

function run(command: string, args: string[], withErrors = false): Buffer {
  const full = withErrors ? ['-c', '"$@" 2>&1', 'sh', command, ...args] : args
  return execFileSync(withErrors ? '/bin/sh' : command, full, { maxBuffer: LARGEST })
}
