import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import type { DemoPerson } from '#bin/bench/support/demo_person'

const CLIENT = fileURLToPath(
  new URL('../../../node_modules/livekit-client/dist/livekit-client.umd.js', import.meta.url)
)
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
]
const LONGEST_BUILD_MS = 300_000

type Admission = { url: string; token: string }

/** Waits for the app's media server; the first time it is built. The reason, where there will be none. */
export async function mediaReady(
  person: DemoPerson,
  reviewId: string
): Promise<{ ok: true } | { ok: false; why: string }> {
  const end = Date.now() + LONGEST_BUILD_MS
  for (;;) {
    const answer = await admission(person, reviewId).catch((error: Error) => error.message)
    if (typeof answer !== 'string') return { ok: true }
    const waits = /"reason":"(starting|building)"/.test(answer)
    if (!waits || Date.now() > end) return { ok: false, why: answer }
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

function admission(person: DemoPerson, reviewId: string): Promise<Admission> {
  return person.send('GET', `/api/sessions/${reviewId}/media-token`)
}

/**
 * These people's cameras (640 × 360) and microphones go on, from one Chromium with its test picture. Nobody
 * watches here: in a real meeting that is done by the machines of those who do.
 */
export async function publishCameras(people: readonly DemoPerson[], reviewId: string): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  const context = await browser.newContext({ bypassCSP: true, permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  await page.goto(`${people[0]!.url}/health`)
  await page.addScriptTag({ path: CLIENT })
  for (const person of people) {
    await page.evaluate(
      async ({ url, token }) => {
        const { Room } = (window as any).LivekitClient
        const room = new Room({ videoCaptureDefaults: { resolution: { width: 640, height: 360 } } })
        await room.connect(url, token, { autoSubscribe: false })
        await room.localParticipant.enableCameraAndMicrophone()
      },
      await admission(person, reviewId)
    )
  }
  return browser
}
