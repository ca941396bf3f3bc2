import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { NARROW, openSeat, startBrowser, WIDE } from '#bin/story/browser'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { concludedReviews, daysAgo } from '#tests/support/concluded_reviews'
import { insertSimulatedYear } from '#tests/support/year_in_the_ledger'
import { WitnessProxy } from '#tests/support/witness_proxy'

/** Pictures are kept where one is asked to look at them. */
const pictures = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'lunzheng-screens-'))

test.group('Oversight in a real browser', (group) => {
  let app: TestInstance
  let proxy: WitnessProxy
  let browser: Browser
  group.setup(async () => {
    mkdirSync(pictures, { recursive: true })
    app = await testInstance({ start: false })
    proxy = await WitnessProxy.to(app.instance.environment.WITNESS_URL!)
    app.instance.environment.WITNESS_URL = proxy.url
    await app.instance.startApp()
    await concludedReviews(app, [2, 3, 4, 5, 6, 7, 8, 9])
    browser = await startBrowser()
    return async () => {
      await browser.close()
      proxy.close()
      await app.stop()
    }
  })
  group.each.timeout(300_000)

  const seatOf = async (mobile: string) => {
    const seat = await openSeat(browser, app.url)
    await seat.page.goto('/demo')
    await seat.page.getByRole('listitem').filter({ hasText: mobile }).getByRole('button').click()
    await seat.page.waitForURL('**/home')
    return seat
  }
  /** Both widths, and nothing to scroll sideways on a phone. */
  const picture = async (page: Page, name: string) => {
    await page.setViewportSize(WIDE)
    await page.screenshot({ path: join(pictures, `${name}-1440.png`), fullPage: true })
    await page.setViewportSize(NARROW)
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    await page.screenshot({ path: join(pictures, `${name}-390.png`), fullPage: true })
    await page.setViewportSize(WIDE)
    return sideways
  }

  test('SUP-1: the authority starts a spot check, it waits for the witness, is drawn, and is recomputed in the page', async ({
    assert,
  }) => {
    const { context, page, complaints } = await seatOf('19900000009')
    await page.goto('/supervision')
    await page.getByRole('link', { name: '抽查', exact: true }).click()
    await page.getByText('还没有抽查').waitFor()
    await page.getByRole('link', { name: '开始抽查' }).first().click()
    await page.getByRole('button', { name: '固定名单并抽取' }).click()
    await page.getByText('名称少于 4 个字').waitFor()
    await page.getByLabel('名称').fill('2026-Q4 论证抽查')
    await page.getByLabel('开始日期').fill(daysAgo(12))
    await page.getByLabel('结束日期').fill(daysAgo(1))
    await page.getByText('名单共 8 场论证').waitFor()
    assert.equal(await picture(page, 'spot-check-new'), 0)
    proxy.mood = 'silent'
    await page.getByRole('button', { name: '固定名单并抽取' }).click()
    await page.getByRole('heading', { name: '抽查停在监督端' }).waitFor()
    await page.getByText('监督端联系不上').waitFor()
    assert.equal(await picture(page, 'spot-check-stalled'), 0)
    proxy.mood = 'honest'
    await page.getByRole('heading', { name: '已抽出 3 场论证' }).waitFor()
    await page.getByRole('button', { name: '下载证据并重算' }).click()
    await page.getByText('重算结果相同').waitFor()
    assert.equal(await picture(page, 'spot-check-drawn'), 0)
    const links = page.getByRole('table', { name: '抽中的论证' }).getByRole('link')
    assert.equal(await links.count(), 3)
    await links.first().click()
    await page.getByText('CC-').first().waitFor()
    await page.goto('/supervision/spot-checks')
    await page.getByText('3 场待检查').waitFor()
    assert.equal(await picture(page, 'spot-checks'), 0)
    await page.goto('/supervision/spot-checks/new')
    await page.getByLabel('名称').fill('２０２６-Q4 论证抽查')
    await page.getByLabel('开始日期').fill(daysAgo(12))
    await page.getByLabel('结束日期').fill(daysAgo(1))
    await page.getByRole('button', { name: '固定名单并抽取' }).click()
    await page.getByText('这个名称已经抽过').waitFor()
    // The refusal is an answer of the server, which the browser notes too.
    assert.deepEqual(
      complaints.filter((one) => !one.includes('409')),
      []
    )
    await context.close()
  })

  test('SUP-5: a year of draws, as the authority and as a passer-by see it', async ({ assert }) => {
    const year = await insertSimulatedYear(app)
    const { context, page, complaints } = await seatOf('19900000008')
    await page.goto(`/draws/fairness?year=${year}`)
    await page.getByRole('heading', { name: /处值得查看/ }).waitFor()
    await page.getByText('总选同样的专家').waitFor()
    assert.equal(await picture(page, 'fairness'), 0)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载存证条目' }).click(),
    ])
    assert.equal(download.suggestedFilename(), `fairness-${year}.json`)
    assert.deepEqual(complaints, [])
    await context.close()
    const passerBy = await openSeat(browser, app.url)
    await passerBy.page.goto(`/public/fairness?year=${year}`)
    await passerBy.page.getByRole('heading', { level: 1 }).waitFor()
    await passerBy.page.getByText('不列单位名称').waitFor()
    assert.equal(await picture(passerBy.page, 'fairness-public'), 0)
    assert.notInclude(await passerBy.page.content(), '有限公司')
    assert.deepEqual(passerBy.complaints, [])
    await passerBy.context.close()
  })
})
