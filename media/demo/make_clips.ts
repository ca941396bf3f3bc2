/**
 * Makes the clips of the demonstration: `node media/demo/make_clips.ts` needs Chromium, whose encoders they come
 * from. They are committed, since no machine that runs the app need have an encoder. Each is ten seconds that join
 * to themselves, marked 演示.
 */
import { createServer } from 'node:http'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import {
  concat,
  webmCluster,
  webmHeader,
  type MediaFrame,
} from '../../app/sessions/media/recorder/webm_bytes.ts'

interface EncodedFrame {
  timeMs: number
  keyFrame: boolean
  base64: string
}

const HUES = [212, 28, 150, 340, 265]
const SIZE = { width: 320, height: 180 }
const CLUSTER_FRAMES = 50

const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html')
  response.end('<!doctype html><title>clips</title>')
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()
// WebCodecs want a secure context, which the loopback address is.
await page.goto(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`)
for (const [index, hue] of HUES.entries()) {
  await save(`person-${index + 1}.webm`, 'video', await page.evaluate(encodePerson, { hue, ...SIZE }))
}
await save('voice.webm', 'audio', await page.evaluate(encodeVoice))
await browser.close()
server.close()

async function save(name: string, kind: 'audio' | 'video', encoded: EncodedFrame[]): Promise<void> {
  const frames = encoded.map(({ timeMs, keyFrame, base64 }): MediaFrame => {
    return { timeMs, keyFrame, data: Uint8Array.from(Buffer.from(base64, 'base64')) }
  })
  const clusters: Uint8Array[] = []
  for (let from = 0; from < frames.length; from += CLUSTER_FRAMES) {
    clusters.push(webmCluster(frames.slice(from, from + CLUSTER_FRAMES)))
  }
  const bytes = concat([webmHeader(kind, SIZE), ...clusters])
  await writeFile(join(import.meta.dirname, name), bytes)
  console.log(`${name}: ${frames.length} frames, ${bytes.length} bytes`)
}

/** Runs in the page: a head and shoulders that move a little, periodic in ten seconds. */
async function encodePerson({ hue, width, height }: { hue: number; width: number; height: number }) {
  const frames: EncodedFrame[] = []
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength)
      chunk.copyTo(bytes)
      const base64 = btoa(String.fromCharCode(...bytes))
      frames.push({ timeMs: Math.round(chunk.timestamp / 1000), keyFrame: chunk.type === 'key', base64 })
    },
    error: (error) => {
      throw error
    },
  })
  encoder.configure({ codec: 'vp8', width, height, bitrate: 60_000, framerate: 8, latencyMode: 'realtime' })
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')!
  for (let index = 0; index < 80; index += 1) {
    const turn = (index / 80) * 2 * Math.PI
    const x = width / 2 + 5 * Math.sin(turn)
    const y = height * 0.44 + 2 * Math.sin(3 * turn)
    context.fillStyle = `hsl(${hue} 22% 86%)`
    context.fillRect(0, 0, width, height)
    context.fillStyle = `hsl(${hue} 38% 42%)`
    context.beginPath()
    context.ellipse(width / 2, height * 1.02, 74, 56, 0, 0, 2 * Math.PI)
    context.fill()
    context.fillStyle = `hsl(${hue} 30% 62%)`
    context.beginPath()
    context.ellipse(x, y, 34, 42, 0, 0, 2 * Math.PI)
    context.fill()
    context.fillStyle = `hsl(${hue} 38% 30%)`
    context.beginPath()
    context.ellipse(x, y + 19, 11, 1.5 + 3 * Math.abs(Math.sin(10 * turn)), 0, 0, 2 * Math.PI)
    context.fill()
    context.font = '600 20px "Noto Sans CJK SC", "Noto Serif CJK SC", sans-serif'
    context.fillText('演示', 12, 28)
    const frame = new VideoFrame(canvas, { timestamp: index * 125_000 })
    encoder.encode(frame, { keyFrame: index % 16 === 0 })
    frame.close()
  }
  await encoder.flush()
  return frames
}

/** Runs in the page: a soft hum with the rhythm of syllables, no words. */
async function encodeVoice() {
  const rate = 48_000
  const frames: EncodedFrame[] = []
  const encoder = new AudioEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength)
      chunk.copyTo(bytes)
      frames.push({ timeMs: frames.length * 20, keyFrame: true, base64: btoa(String.fromCharCode(...bytes)) })
    },
    error: (error) => {
      throw error
    },
  })
  encoder.configure({ codec: 'opus', sampleRate: rate, numberOfChannels: 1, bitrate: 16_000 })
  const samples = new Float32Array(rate * 10)
  for (let index = 0; index < samples.length; index += 1) {
    const time = index / rate
    const phrase = Math.max(0, Math.sin(2 * Math.PI * 0.2 * time)) ** 0.5
    const syllable = 0.5 - 0.5 * Math.cos(2 * Math.PI * 4 * time)
    const tone = Math.sin(2 * Math.PI * 140 * time) + 0.4 * Math.sin(2 * Math.PI * 280 * time)
    samples[index] = 0.06 * phrase * syllable * tone
  }
  const data = new AudioData({
    format: 'f32-planar',
    sampleRate: rate,
    numberOfFrames: samples.length,
    numberOfChannels: 1,
    timestamp: 0,
    data: samples,
  })
  encoder.encode(data)
  await encoder.flush()
  return frames.slice(0, 500)
}
