import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** Camera and microphone that people's pages see: the browser's own test picture and beep. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
]
export const WIDE = { width: 1440, height: 900 }
export const NARROW = { width: 390, height: 844 }

export function startBrowser(): Promise<Browser> {
  // The browser's own date fields speak the language of its environment, not of the page.
  const env = { ...process.env, LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' }
  return chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: FLAGS, env })
}

export interface Seat {
  readonly context: BrowserContext
  readonly page: Page
  /** What the page itself complained about. */
  readonly complaints: string[]
}

/** A browser of one person's own: nothing is shared with anybody else's. */
export async function openSeat(browser: Browser, url: string, phone = false): Promise<Seat> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: phone ? NARROW : WIDE,
    hasTouch: phone,
    isMobile: phone,
    reducedMotion: 'reduce',
    permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
    acceptDownloads: true,
  })
  // Eight pages with video share the processor with the application that they use.
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  // What the framework catches itself ends in an error page and says why only here.
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { context, page, complaints }
}
