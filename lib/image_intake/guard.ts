/**
 * `node lib/image_intake/guard.ts FILE`: says on standard output, as JSON, whether FILE is a picture that can be
 * decoded whole. Runs in a process of its own, which may be killed: decoders have met hostile files before.
 */
import { readFile, stat } from 'node:fs/promises'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { imageHead } from './image_head.ts'
import { IMAGE_LIMITS, type CheckedImage } from './limits.ts'

async function check(path: string): Promise<CheckedImage> {
  const { size } = await stat(path)
  if (size > IMAGE_LIMITS.fileBytes)
    return { ok: false, refusal: { code: 'too_large', size, most: IMAGE_LIMITS.fileBytes } }
  const bytes = await readFile(path)
  const head = imageHead(bytes)
  if (!head) return { ok: false, refusal: { code: 'not_an_image' } }
  const { type, width, height } = head
  const { side, pixels } = IMAGE_LIMITS
  if (width > side || height > side || width * height > pixels)
    return { ok: false, refusal: { code: 'too_many_pixels', width, height, most: pixels } }
  if (!isWhole(bytes, type) || !(await decodes(bytes, width, height)))
    return { ok: false, refusal: { code: 'unreadable' } }
  return { ok: true, type, width, height }
}

/** A file that was cut on the way still shows its upper part in most viewers; its end is missing. */
function isWhole(bytes: Buffer, type: string): boolean {
  return type === 'image/png'
    ? bytes.lastIndexOf('IEND') > 0
    : bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 0
}

async function decodes(bytes: Buffer, width: number, height: number): Promise<boolean> {
  try {
    const image = await loadImage(bytes)
    // Turned pictures (Exif) change sides.
    const same =
      (image.width === width && image.height === height) || (image.width === height && image.height === width)
    if (!same || width === 0 || height === 0) return false
    // Decoding happens when it is drawn, not when it is loaded.
    const canvas = createCanvas(16, 16)
    canvas.getContext('2d').drawImage(image, 0, 0, 16, 16)
    return canvas
      .getContext('2d')
      .getImageData(0, 0, 16, 16)
      .data.some((value) => value !== 0)
  } catch {
    // The decoder's reasons help nobody: the picture can't be read.
    return false
  }
}

const path = process.argv[2]
if (!path) throw new Error('guard.ts FILE')
process.stdout.write(JSON.stringify(await check(path)))
