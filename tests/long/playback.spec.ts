import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { signIn, type Person } from '#tests/support/person'
import { recordedMeeting, type RecordedMeeting } from '#tests/support/recorded_meeting'

/** Pictures are kept where one is asked to look at them. */
const pictures = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'lunzheng-screens-'))
const PATIENCE_MS = 60_000
/** How near to its second a track must stand, s. */
const NEAR_S = 0.3

test.group('Playback in a real browser', (group) => {
  let app: TestInstance
  let meeting: RecordedMeeting
  let silent: RecordedMeeting
  let authority: Person
  let browser: Browser
  let inspection: string

  group.setup(async () => {
    mkdirSync(pictures, { recursive: true })
    app = await testInstance()
    meeting = await recordedMeeting(app, { altered: true })
    silent = await recordedMeeting(app, { recording: false, name: '文体中心高支模专项施工方案' })
    authority = await signIn(app.url, '19900000009')
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--autoplay-policy=no-user-gesture-required',
      '--mute-audio',
    ]
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
  })
  group.teardown(async () => {
    await browser?.close()
    await app?.stop()
  })
  group.each.timeout(300_000)

  async function opened(
    width: number,
    height: number,
    path: string
  ): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({
      viewport: { width, height },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    })
    await context.addCookies(
      authority.cookieHeader.split('; ').map((pair) => {
        const at = pair.indexOf('=')
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url: app.url }
      })
    )
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('console', (message) => message.type() === 'error' && console.log('page:', message.text()))
    page.on('pageerror', (error) => console.log('page error:', error.message))
    await page.goto(app.url + path)
    return { context, page }
  }
  const shot = (page: Page, name: string, fullPage = false) =>
    page.screenshot({ path: join(pictures, `${name}.png`), fullPage })
  const sideways = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const times = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('video')]
        .filter((video) => video.readyState >= 2)
        .map((video) => video.currentTime)
    )
  const loaded = (page: Page, count: number) =>
    page.waitForFunction(
      (wanted) => {
        const videos = [...document.querySelectorAll('video')]
        return videos.length === wanted && videos.every((video) => video.readyState >= 2 && !video.seeking)
      },
      count,
      { timeout: PATIENCE_MS }
    )
  const standsAt = async (page: Page, seconds: number) => {
    await page.waitForFunction(
      ([wanted, near]) => {
        const videos = [...document.querySelectorAll('video')]
        return videos.every((video) => !video.seeking && Math.abs(video.currentTime - wanted!) < near!)
      },
      [seconds, NEAR_S] as const,
      { timeout: PATIENCE_MS }
    )
    return times(page)
  }
  const playback = (about = '') =>
    `/supervision/${meeting.reviewId}/playback?inspection=${inspection}${about}`

  test('MEET-6: a recording opens under an inspection number, which the page asks for', async ({
    assert,
  }) => {
    const { context, page } = await opened(1440, 900, '/supervision')
    await page.getByText('暂停 1 次').first().waitFor()
    await shot(page, 'supervision-list', true)
    await page.goto(`${app.url}/supervision/${meeting.reviewId}/playback`)
    await page.waitForURL(`**/supervision/${meeting.reviewId}`)
    await page.getByRole('button', { name: '开始检查' }).click()
    await page.getByText('没有检查编号').waitFor()
    await page.getByLabel('检查编号').fill('CC-2026-03')
    await page.getByLabel('事由').fill('季度随机抽查')
    await shot(page, 'supervision-review', true)
    await page.getByRole('button', { name: '开始检查' }).click()
    await page.waitForURL('**/playback?inspection=*')
    await loaded(page, 5)
    inspection = new URL(page.url()).searchParams.get('inspection')!
    const { rows } = await app.sql.query(
      'SELECT count(*)::int AS n FROM recording_openings WHERE review_id = $1',
      [meeting.reviewId]
    )
    assert.equal(rows[0].n, 1)
    await context.close()
  })

  test('SUP-2: a click on an opinion brings every track and the page to its second', async ({ assert }) => {
    const { context, page } = await opened(1440, 900, playback())
    await loaded(page, 5)
    await page.getByRole('button', { name: '意见', exact: true }).click()
    const seeks: number[] = []
    for (const [label, second, number] of [
      ['E2', 372.4, 47],
      ['C1', 1, 36],
      ['B1', 430, 58],
    ] as const) {
      const from = performance.now()
      await page.locator(`[data-subject="${label}"]`).click()
      const found = await standsAt(page, second)
      seeks.push(Math.round(performance.now() - from))
      assert.lengthOf(found, 5)
      for (const time of found) assert.approximately(time, second, NEAR_S, label)
      await page.waitForFunction(
        (wanted) => document.querySelector('.doc .hd b')?.textContent?.includes(String(wanted)),
        number
      )
    }
    console.log(`      seeks to an opinion: ${seeks.join(', ')} ms`)
    await page.getByRole('button', { name: '条款', exact: true }).click()
    await page.locator('[data-subject="2"]').click()
    await standsAt(page, 545)
    await context.close()
  })

  test('SUP-2: while it plays the tracks stay together, at every speed', async ({ assert }) => {
    const { context, page } = await opened(1440, 900, playback('&t=465'))
    await loaded(page, 5)
    await standsAt(page, 465)
    await page.getByRole('button', { name: '播放' }).click()
    await page.waitForFunction(() =>
      [...document.querySelectorAll('video')].every((video) => video.currentTime > 467)
    )
    const spreads: number[] = []
    for (let sample = 0; sample < 10; sample++) {
      const now = await times(page)
      spreads.push(Math.max(...now) - Math.min(...now))
      await page.waitForTimeout(300)
    }
    const median = spreads.sort((a, b) => a - b)[spreads.length >> 1]!
    console.log(
      `      spread of five tracks: median ${Math.round(median * 1000)} ms, worst ${Math.round(spreads.at(-1)! * 1000)} ms`
    )
    assert.isBelow(median, NEAR_S)
    await shot(page, 'playback-1440')
    await page.getByRole('button', { name: '2×' }).click()
    const [before] = await times(page)
    await page.waitForFunction((from) => document.querySelector('video')!.currentTime > from + 3, before!)
    assert.isTrue(
      await page.evaluate(() =>
        [...document.querySelectorAll('video')].every((video) => Math.abs(video.playbackRate - 2) <= 0.2)
      )
    )
    await page.keyboard.press('Space')
    await page.waitForFunction(() => [...document.querySelectorAll('video')].every((video) => video.paused))
    await context.close()
  })

  test('SUP-2: keyboard, marks, search and the link to a second', async ({ assert }) => {
    const { context, page } = await opened(1440, 900, playback('&t=100'))
    await loaded(page, 5)
    await standsAt(page, 100)
    await page.keyboard.press('ArrowRight')
    await standsAt(page, 110)
    await page.keyboard.press('ArrowLeft')
    await standsAt(page, 100)
    await page.keyboard.press(']')
    await standsAt(page, 180)
    await page.keyboard.press('[')
    await standsAt(page, 45)
    await page.getByRole('searchbox').fill('拆除次序')
    const hits = page.locator('[data-entry]')
    assert.equal(await hits.count(), 2)
    await hits.first().click()
    await standsAt(page, 461)
    await page.getByRole('button', { name: '复制此刻链接' }).click()
    await page.waitForURL('**t=461*')
    const opinion = await opened(1440, 900, playback(`&opinion=${meeting.opinions.E2}`))
    await loaded(opinion.page, 5)
    await standsAt(opinion.page, 372.4)
    await opinion.context.close()
    await context.close()
  })

  test('SUP-2: gaps, altered segments and findings are seen', async ({ assert }) => {
    const { context, page } = await opened(1440, 900, playback('&t=305'))
    await loaded(page, 5)
    await page.getByText('这一段没有画面').waitFor()
    await page.getByText('1 段与记录时不符').waitFor()
    await page.getByText('这一段与记录时不符').waitFor()
    await page.getByText('仅语音').waitFor()
    await page.getByLabel('检查发现的问题').fill('暂停 29 秒，未宣布原因')
    await page.getByRole('button', { name: '记录', exact: true }).click()
    await page.getByText('暂停 29 秒，未宣布原因').waitFor()
    const { rows } = await app.sql.query('SELECT at_ms, text FROM inspection_findings')
    assert.approximately(rows[0].at_ms, 305_000, 300)
    await page.getByRole('button', { name: '核对摘要' }).click()
    await page.getByText('个文件摘要相符').waitFor()
    await page.getByText('1 段与记录时不符').waitFor()
    await shot(page, 'playback-gap-1440')
    await context.close()
  })

  test('on a phone: one column, nothing sideways, the same second', async ({ assert }) => {
    const { context, page } = await opened(390, 844, playback('&t=465'))
    await loaded(page, 5)
    await standsAt(page, 465)
    assert.isAtMost(await sideways(page), 0)
    await shot(page, 'playback-390', true)
    await page.getByRole('button', { name: '方案', exact: true }).click()
    await page.getByText('第 58 页').first().waitFor()
    await shot(page, 'playback-plan-390')
    await page.goto(`${app.url}/supervision/${meeting.reviewId}`)
    await page.getByText('谁打开过').waitFor()
    assert.isAtMost(await sideways(page), 0)
    await page.goto(`${app.url}/supervision/looks`)
    await page.getByText('CC-2026-03').first().waitFor()
    assert.isAtMost(await sideways(page), 0)
    await shot(page, 'looks-390', true)
    await page.goto(`${app.url}/supervision`)
    await page.getByText('暂停 1 次').first().waitFor()
    assert.isAtMost(await sideways(page), 0)
    await shot(page, 'supervision-list-390', true)
    await context.close()
  })

  test('without a recording the course can still be followed', async ({ assert }) => {
    const path = `/api/supervision/reviews/${silent.reviewId}/inspections`
    const { body } = await authority.press(path, { number: 'CC-2026-04', reason: '季度随机抽查' })
    const { context, page } = await opened(
      1440,
      900,
      `/supervision/${silent.reviewId}/playback?inspection=${body.id}`
    )
    await page.getByText('没有录像', { exact: true }).waitFor()
    await page.locator('[data-entry]').filter({ hasText: '结论：修改后通过' }).last().click()
    await page.getByRole('slider', { name: '时间轴' }).waitFor()
    await page.waitForFunction(
      () => document.querySelector('[role=slider]')?.getAttribute('aria-valuenow') === '640'
    )
    await page.keyboard.press('Space')
    await page.waitForFunction(
      () => Number(document.querySelector('[role=slider]')?.getAttribute('aria-valuenow')) > 641
    )
    assert.equal(await page.locator('video').count(), 0)
    await shot(page, 'playback-events-only')
    await context.close()
  })
})
