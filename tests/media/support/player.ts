import type { Browser, Page } from 'playwright-core'

export interface Watched {
  durationS: number
  /** Where each seek ended, and what the picture there says of its own time (null without a readable clock). */
  seeks: { wantedS: number; reachedS: number; clock: number | null }[]
  playedS: number
}

/** Opens a finished file in Chromium, seeks to the given places and plays half a second from the last. */
export async function watch(
  browser: Browser,
  address: string,
  file: string,
  seeksS: number[]
): Promise<Watched> {
  const page = await browser.newPage()
  await page.goto(`${address}/player`)
  const watched = await page.evaluate(watchInPage, { source: `/files/${file}`, seeksS })
  await page.close()
  return watched
}

/** Runs in the page. */
async function watchInPage({ source, seeksS }: { source: string; seeksS: number[] }): Promise<Watched> {
  const video = document.querySelector('video')!
  const event = (name: string) =>
    new Promise<void>((resolve, reject) => {
      video.addEventListener(name, () => resolve(), { once: true })
      video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true })
    })
  video.src = source
  await event('loadeddata')

  const seeks: Watched['seeks'] = []
  for (const wantedS of seeksS) {
    video.currentTime = wantedS
    await event('seeked')
    await new Promise((resolve) => setTimeout(resolve, 100))
    seeks.push({ wantedS, reachedS: video.currentTime, clock: readClock() })
  }
  const from = video.currentTime
  await video.play()
  const deadline = Date.now() + 10_000
  while (video.currentTime - from < 0.5 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  video.pause()
  return { durationS: video.duration, seeks, playedS: video.currentTime - from }

  function readClock(): number | null {
    if (video.videoWidth === 0) return null
    const canvas = document.createElement('canvas')
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    const context = canvas.getContext('2d')!
    context.drawImage(video, 0, 0)
    const bytes = [0, 1, 2, 3, 4].map((row) => {
      let byte = 0
      for (let column = 0; column < 8; column += 1) {
        const x = ((column + 0.5) * canvas.width) / 8
        const y = ((row + 0.5) * canvas.height) / 5
        byte = byte * 2 + (context.getImageData(x, y, 1, 1).data[0]! > 127 ? 1 : 0)
      }
      return byte
    })
    const sum = bytes.slice(0, 4).reduce((all, byte) => all ^ byte, 0x5a)
    if (sum !== bytes[4]) return null
    return bytes[0]! * 2 ** 24 + bytes[1]! * 2 ** 16 + bytes[2]! * 2 ** 8 + bytes[3]!
  }
}

/** Appends raw segments to a Media Source, as a viewer does during the meeting; gives the end of what is buffered, s. */
export async function appendSegments(page: Page, segments: Buffer[], type: string): Promise<number> {
  return page.evaluate(
    async ({ parts, type }) => {
      const source = new MediaSource()
      const video = document.createElement('video')
      video.src = URL.createObjectURL(source)
      await new Promise((resolve) => source.addEventListener('sourceopen', resolve, { once: true }))
      const buffer = source.addSourceBuffer(type)
      for (const part of parts) {
        const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0))
        buffer.appendBuffer(bytes)
        await new Promise((resolve, reject) => {
          buffer.addEventListener('updateend', resolve, { once: true })
          buffer.addEventListener('error', () => reject(new Error('append failed')), { once: true })
        })
      }
      return buffer.buffered.end(buffer.buffered.length - 1)
    },
    { parts: segments.map((segment) => segment.toString('base64')), type }
  )
}
