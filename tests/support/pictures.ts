import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { NARROW, WIDE } from '#bin/story/browser'

/** Pictures are kept where one is asked to look at them. */
const folder = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'lunzheng-screens-'))

/** Pictures of a page, wide and narrow. Gives how far it scrolls sideways at most, in CSS pixels. */
export async function pictured(page: Page, name: string): Promise<number> {
  mkdirSync(folder, { recursive: true })
  let sideways = 0
  for (const [width, size] of [
    [1440, WIDE],
    [390, NARROW],
  ] as const) {
    await page.setViewportSize(size)
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true })
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    sideways = Math.max(sideways, over)
  }
  await page.setViewportSize(WIDE)
  return sideways
}
