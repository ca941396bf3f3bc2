import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'
import type { TestInstance } from '#tests/support/cluster'
import { displayedBy, enrol, serverFor } from '#tests/api/reports/support/browser_of'
import {
  concludedReview,
  PANEL,
  reportInstance,
  type ConcludedReview,
} from '#tests/api/reports/support/concluded_review'
import { signReport } from '../../frontend/src/lib/signing/sign_report.ts'

/** Pictures are kept where one is asked to look at them. */
const pictures = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'lunzheng-screens-'))
const PATIENCE_MS = 60_000

test.group('Signing and verifying in a real browser', (group) => {
  let app: TestInstance
  let review: ConcludedReview
  let browser: Browser
  group.setup(async () => {
    mkdirSync(pictures, { recursive: true })
    app = await reportInstance()
    review = await concludedReview(app)
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ]
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
    return async () => {
      await browser.close()
      await app.stop()
    }
  })
  group.each.timeout(300_000)

  async function signedIn(
    mobile: string,
    width: number,
    height: number
  ): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({
      viewport: { width, height },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      acceptDownloads: true,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    await page.goto(`${app.url}/sign-in`)
    await page.getByLabel('手机号').fill(mobile)
    await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.waitForURL('**/home')
    return { context, page }
  }
  const shot = (page: Page, name: string, fullPage = true) =>
    page.screenshot({ path: join(pictures, `${name}.png`), fullPage })
  const sideways = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  test('REP-1: the leader words the overview, which is saved as typed, and makes the report', async ({
    assert,
  }) => {
    const { context, page } = await signedIn(PANEL[0], 1440, 900)
    await page.goto(`${app.url}/reports/${review.reportId}`)
    await page.getByText('缺 工程概况').waitFor()
    await shot(page, 'writing')
    await page
      .getByRole('textbox', { name: '工程概况' })
      .fill('地下三层，基坑开挖深度 13.8 m，排桩加两道混凝土内支撑；北侧 4.2 m 有 DN600 燃气管。')
    await page.getByText('内容齐全').waitFor()
    await page.getByRole('button', { name: '生成报告' }).click()
    await page.getByRole('heading', { name: '论证报告签署中' }).waitFor()
    await shot(page, 'signing-leader')
    const { body } = await review.panel[0]!.get(`/api/reports/${review.reportId}`)
    assert.equal(body.state, 'signing')
    await context.close()
  })

  test('REP-2: on a phone a member enrols, signs what is shown, and sees it done', async ({ assert }) => {
    const { context, page } = await signedIn(PANEL[1], 390, 844)
    await page.getByRole('link', { name: '签署报告' }).first().click()
    await page.getByText('屏上文件与平台签章的文件逐字节一致').waitFor()
    await page.getByText('本机还没有签名密钥').waitFor()
    await page.locator('[data-page="1"] canvas').waitFor()
    await shot(page, 'sign-390-no-key')
    assert.equal(await sideways(page), 0)
    await page.getByLabel('登录密码').fill('not-the-password')
    await page.getByRole('button', { name: '申领签名密钥' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByLabel('登录密码').fill(DEMO_PASSWORD)
    await page.getByRole('button', { name: '申领签名密钥' }).click()
    await page.getByText('密钥在本机，只有本机能用').waitFor()
    const exportable = await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const asked = indexedDB.open('lunzheng-signing')
        asked.addEventListener('success', () => resolve(asked.result))
      })
      const [key] = await new Promise<any[]>((resolve) => {
        const asked = database.transaction('keys').objectStore('keys').getAll()
        asked.addEventListener('success', () => resolve(asked.result))
      })
      return key.privateKey.extractable
    })
    assert.isFalse(exportable)
    const pad = page.getByLabel('手写签名区，用手指、笔或鼠标写')
    await pad.scrollIntoViewIfNeeded()
    const box = (await pad.boundingBox())!
    await page.mouse.move(box.x + 40, box.y + 40)
    await page.mouse.down()
    for (let step = 1; step <= 12; step++)
      await page.mouse.move(box.x + 40 + step * 14, box.y + 40 + (step % 3) * 14)
    await page.mouse.up()
    await shot(page, 'sign-390-ready')
    await page.getByRole('button', { name: '确认并签名' }).click()
    await page.getByText('签署，时间戳已加盖').waitFor()
    await shot(page, 'sign-390-done')
    const { body } = await review.panel[1]!.get(`/api/reports/${review.reportId}`)
    assert.isString(body.signers[1].signedAt)
    await context.close()
  })

  test('REP-2: the signing page on a desk', async ({ assert }) => {
    const { context, page } = await signedIn(PANEL[2], 1440, 900)
    await page.goto(`${app.url}/reports/${review.reportId}/sign`)
    await page.getByText('屏上文件与平台签章的文件逐字节一致').waitFor()
    await page.locator('[data-page="1"] canvas').waitFor()
    await shot(page, 'sign-1440', false)
    await page.getByRole('button', { name: '拒签并说明' }).click()
    await page.getByRole('dialog').waitFor()
    await shot(page, 'refuse-1440', false)
    await page.getByRole('button', { name: '取消' }).click()
    assert.equal(await sideways(page), 0)
    await context.close()
  })

  test('REP-1: anybody verifies by code and by file; an altered file is told apart', async ({ assert }) => {
    const signedAlready = 1
    for (const [index, person] of review.panel.entries()) {
      if (index === signedAlready) continue
      const displayed = await displayedBy(person, review.reportId)
      const result = await signReport({
        displayed,
        signer: await enrol(person),
        server: serverFor(person, review.reportId),
        handwriting: null,
      })
      assert.isTrue(result.ok, JSON.stringify(result))
    }
    const head = Buffer.from(await displayedBy(review.organiser, review.reportId, 'head'))
    const genuine = join(pictures, 'report.pdf')
    writeFileSync(genuine, head)
    const altered = join(pictures, 'altered.pdf')
    writeFileSync(altered, Buffer.concat([readFileSync(genuine), Buffer.from('\n% paid\n')]))
    const { code } = (await review.organiser.get(`/api/reports/${review.reportId}`)).body

    for (const [width, height] of [
      [390, 844],
      [1280, 900],
    ] as const) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
      })
      const page = await context.newPage()
      page.setDefaultTimeout(PATIENCE_MS)
      const sent: string[] = []
      page.on('request', (request) => {
        if (request.method() !== 'GET') sent.push(request.url())
      })
      await page.goto(`${app.url}/v/${code}`)
      await page.getByRole('heading', { name: '核验码对应的报告已签发' }).waitFor()
      await shot(page, `verify-code-${width}`)
      await page.locator('input[type=file]').setInputFiles(genuine)
      await page.getByRole('heading', { name: '报告有效，签署后未被改动' }).waitFor()
      await page.getByText('与平台登记的正式报告逐字节一致').waitFor()
      await shot(page, `verify-genuine-${width}`)
      assert.equal(await sideways(page), 0)
      await page.locator('input[type=file]').setInputFiles(altered)
      await page.getByRole('heading', { name: '报告已被改动' }).waitFor()
      await page.getByText('最后一个签名之后还有内容').first().waitFor()
      await shot(page, `verify-altered-${width}`)
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: '取回完好的第 6 版' }).click()
      assert.isTrue(readFileSync(await (await download).path()).equals(head))
      assert.deepEqual(sent, [], 'the file stays on this device')
      await context.close()
    }
    const { context, page } = await signedIn('19900000001', 1440, 900)
    await page.goto(`${app.url}/reports/${review.reportId}`)
    await page.getByRole('heading', { name: '论证报告已签发' }).waitFor()
    await shot(page, 'issued-organiser')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: '下载报告' }).click()
    assert.isTrue(readFileSync(await (await download).path()).equals(head))
    await context.close()
  })
})
