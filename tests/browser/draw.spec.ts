import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { NARROW, openSeat, startBrowser, WIDE } from '#bin/story/browser'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { readyPlan, signInHosts, type Hosts } from '#tests/support/draw_life'

/** Pictures are kept where one is asked to look at them. */
const pictures = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'lunzheng-screens-'))
const CRANE = { category: 'CRANE', parameters: { capacity_kn: 300, total_height_m: 60, base_level_m: 0 } }

test.group('A draw with quotas in a real browser', (group) => {
  let app: TestInstance
  let hosts: Hosts
  let browser: Browser
  let page: Page
  let complaints: string[]
  group.setup(async () => {
    mkdirSync(pictures, { recursive: true })
    app = await testInstance()
    hosts = await signInHosts(app.url)
    browser = await startBrowser()
    const seat = await openSeat(browser, app.url)
    page = seat.page
    complaints = seat.complaints
    await page.goto('/demo')
    await page.getByRole('listitem').filter({ hasText: '19900000001' }).getByRole('button').click()
    await page.waitForURL('**/home')
    return async () => {
      await browser.close()
      await app.stop()
    }
  })
  group.each.timeout(300_000)

  async function shots(name: string) {
    for (const [width, size] of [
      [1440, WIDE],
      [390, NARROW],
    ] as const) {
      await page.setViewportSize(size)
      await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true })
    }
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    await page.setViewportSize(WIDE)
    return sideways
  }

  async function start(reviewId: string) {
    await page.goto(`/draws/start/${reviewId}`)
    await page.getByRole('button', { name: '开始抽取' }).waitFor()
    await shots('draw-start')
    await page.getByRole('button', { name: '开始抽取' }).click()
  }

  test('DRAW-4: quotas before, the numbers that became whole after, every step to be read', async ({
    assert,
  }) => {
    const plan = await readyPlan(hosts, '名额基坑')
    await page.goto(`/draws/start/${plan.reviewId}`)
    const conditions = page.locator('dl.rules')
    await conditions.waitFor()
    assert.match(await conditions.innerText(), /岩土\/基坑\s*4–7 人/)
    assert.match(await conditions.innerText(), /邻近城市/)
    await start(plan.reviewId)
    await page.getByRole('heading', { name: '十人已抽出' }).waitFor({ timeout: 60_000 })
    assert.equal(await shots('draw-quotas-live'), 0)
    assert.equal(await page.locator('.rows .taken').count(), 10)
    await page.locator('summary', { hasText: '取整步骤' }).click()
    const steps = page.getByRole('table', { name: '取整步骤' })
    assert.isAbove(await steps.locator('tbody tr').count(), 20)
    await page.locator('summary', { hasText: '抽中概率' }).click()
    assert.match(await page.getByRole('table', { name: /抽中概率/ }).innerText(), /\d+\/\d+/)
    assert.equal(await shots('draw-quotas-steps'), 0)
    await page.getByRole('link', { name: '选定邀请对象' }).click()
    await page.getByText('抽出的十人').first().waitFor()
    assert.equal(await shots('draw-quotas'), 0)
    await page.getByRole('button', { name: '重算' }).click()
    await page.getByRole('status').filter({ hasText: '一致' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('DRAW-1: a pool too small says each attempt, whether a step sufficed or none did', async ({
    assert,
  }) => {
    const crane = await readyPlan(hosts, '塔机', [CRANE])
    await start(crane.reviewId)
    await page.getByRole('heading', { name: '十人已抽出' }).waitFor({ timeout: 60_000 })
    await page.getByText('按规定扩大到：相近专业。').waitFor()
    await page.getByText('此前 1 次名单不足的数字').click()
    assert.match(await page.getByText(/可能的名单只有/).innerText(), /少于 1,048,576 种/)
    assert.equal(await shots('draw-widened'), 0)

    const underwater = await readyPlan(hosts, '水下', [{ category: 'UW', parameters: {} }])
    await start(underwater.reviewId)
    await page.getByText(/专业名额不能满足/).waitFor()
    for (const step of ['相符的专家', '相近专业', '邻近城市'])
      await page.locator('ol li').filter({ hasText: step }).filter({ hasText: '名单' }).first().waitFor()
    assert.equal(await shots('draw-impossible'), 0)
  })
})
