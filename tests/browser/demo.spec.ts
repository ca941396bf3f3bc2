import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { Browser } from 'playwright-core'
import { NARROW, openSeat, startBrowser, WIDE } from '#bin/story/browser'
import { demoInstance, type TestInstance } from '#tests/support/cluster'

/** Pictures are kept where one is asked to look at them. */
const pictures = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'lunzheng-screens-'))

test.group('The demonstration in a real browser', (group) => {
  let app: TestInstance
  let browser: Browser
  group.setup(async () => {
    mkdirSync(pictures, { recursive: true })
    app = await demoInstance()
    browser = await startBrowser()
    return async () => {
      await browser.close()
      await app.stop()
    }
  })
  group.each.timeout(600_000)

  /** One of each role, and of experts one for each kind of work. */
  async function oneOfEach(): Promise<{ role: string; mobile: string; name: string }[]> {
    const answer = await fetch(`${app.url}/api/demo/people`)
    const { people } = (await answer.json()) as { people: any[] }
    const found = new Map<string, { role: string; mobile: string; name: string }>()
    for (const { name, mobile, capacities, todo } of people) {
      const { kind } = capacities[0]
      const role = kind === 'expert' ? `expert ${todo[0].kind}` : kind
      if (!found.has(role)) found.set(role, { role, mobile, name })
    }
    return [...found.values()]
  }

  test('one click signs in, the first thing to do stands there, and its page opens without an error', async ({
    assert,
  }) => {
    const people = await oneOfEach()
    assert.isAtLeast(people.length, 16)
    for (const { role, mobile } of people) {
      const { context, page, complaints } = await openSeat(browser, app.url)
      await page.setViewportSize(WIDE)
      await page.goto('/demo')
      await page.getByRole('listitem').filter({ hasText: mobile }).getByRole('button').click()
      await page.waitForURL('**/home')
      const first = page.locator('.first')
      await first.getByRole('heading', { level: 1 }).waitFor()
      const name = role.replace(/\W/g, '-')
      await page.screenshot({ path: join(pictures, `today-${name}-1440.png`), fullPage: true })
      await page.setViewportSize(NARROW)
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth
      )
      assert.equal(sideways, 0, `${role} at 390`)
      await page.screenshot({ path: join(pictures, `today-${name}-390.png`), fullPage: true })
      await page.setViewportSize(WIDE)
      await first.getByRole('link').click()
      await page.waitForURL((url) => url.pathname !== '/home')
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForLoadState('networkidle')
      const alerts = await page.getByRole('alert').allInnerTexts()
      assert.deepEqual(
        alerts.filter((text) => text.trim() !== ''),
        [],
        `${role}: ${page.url()}`
      )
      assert.deepEqual(complaints, [], `${role}: ${page.url()}`)
      await page.screenshot({ path: join(pictures, `work-${name}-1440.png`), fullPage: true })
      await context.close()
    }
  })

  test('the list of sign-ins fits a phone', async ({ assert }) => {
    const { context, page } = await openSeat(browser, app.url, true)
    await page.goto('/demo')
    await page.getByRole('heading', { name: '专家', exact: true }).waitFor()
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    assert.equal(sideways, 0)
    await page.screenshot({ path: join(pictures, 'demo-390.png'), fullPage: true })
    await page.setViewportSize(WIDE)
    await page.screenshot({ path: join(pictures, 'demo-1440.png'), fullPage: true })
    await context.close()
  })
})
