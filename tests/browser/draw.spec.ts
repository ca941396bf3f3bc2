import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { openSeat, startBrowser } from '#bin/story/browser'
import { signInByPages } from '#bin/story/sign_in'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'
import { ROOT, testInstance, type TestInstance } from '#tests/support/cluster'
import { mobileOf, readyPlan, signInHosts, type Hosts } from '#tests/support/draw_life'
import { pictured } from '#tests/support/pictures'
import { AT_ANY_HOUR, regulationWith } from '#tests/support/regulation_with'

const CRANE = { category: 'CRANE', parameters: { capacity_kn: 300, total_height_m: 60, base_level_m: 0 } }

test.group('A draw with quotas in a real browser', (group) => {
  let app: TestInstance
  let hosts: Hosts
  let browser: Browser
  let page: Page
  let supervisor: Page
  let passerBy: Page
  let complaints: string[]
  group.setup(async () => {
    app = await testInstance({ environment: { REGULATIONS_DIR: regulationWith(AT_ANY_HOUR) } })
    hosts = await signInHosts(app.url)
    browser = await startBrowser()
    const seat = await openSeat(browser, app.url)
    page = seat.page
    complaints = seat.complaints
    await page.goto('/demo')
    await page.getByRole('listitem').filter({ hasText: '19900000001' }).getByRole('button').click()
    await page.waitForURL('**/home')
    supervisor = await somebody('19900000008')
    passerBy = await somebody(null, true)
    return async () => {
      await browser.close()
      await app.stop()
    }
  })
  group.each.timeout(300_000)

  const shots = (name: string, of: Page = page) => pictured(of, name)

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
    const step = page.locator('#recompute ol > li').filter({ hasText: '默克尔根' })
    await step.getByText('依据与代码').click()
    await step.getByRole('button', { name: /lib\/draw\/pool\.ts/ }).click()
    const shown = page.locator('#source-draw-pool-ts')
    const source = readFileSync(join(ROOT, 'lib/draw/pool.ts'), 'utf8')
    assert.equal(await shown.locator('pre').textContent(), source)
    assert.include(await shown.innerHTML(), createHash('sha256').update(source).digest('hex'))
    assert.equal(await shots('recompute'), 0)
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
    const { body } = await hosts.organiser.get(`/api/reviews/${crane.reviewId}/draw`)
    const { number } = (await hosts.organiser.get(`/api/draws/${body.drawId}`)).body
    for (const [who, path] of [
      [supervisor, `/draws/${body.drawId}/live`],
      [passerBy, `/public/draws/${number}`],
    ] as const) {
      await who.goto(path)
      await who.getByText('按规定扩大到：相近专业。').waitFor()
    }
    assert.equal(await shots('draw-widened-public', passerBy), 0)

    const underwater = await readyPlan(hosts, '水下', [{ category: 'UW', parameters: {} }])
    await start(underwater.reviewId)
    await page.getByText(/专业名额不能满足/).waitFor()
    for (const step of ['相符的专家', '相近专业', '邻近城市'])
      await page.locator('ol li').filter({ hasText: step }).filter({ hasText: '名单' }).first().waitFor()
    assert.equal(await shots('draw-impossible'), 0)
  })

  /** A browser of somebody else's own, signed in by their pages where a number is given. */
  async function somebody(mobile: string | null, phone = false): Promise<Page> {
    const seat = await openSeat(browser, app.url, phone)
    if (mobile) await signInByPages(seat.page, mobile, DEMO_PASSWORD)
    return seat.page
  }

  test('DRAW-7: a stall and its end, a refusal, an excuse and who comes for them, as four people see it', async ({
    assert,
  }) => {
    const plan = await readyPlan(hosts, '四方基坑')
    await app.instance.stopWitness()
    await page.goto(`/draws/start/${plan.reviewId}`)
    await page.getByRole('button', { name: '开始抽取' }).click()
    const stalled = { name: '抽取已停止，等待监督端随机数' }
    await page.getByRole('heading', stalled).waitFor({ timeout: 60_000 })
    await page.getByText('监督端连不上').waitFor()
    assert.equal(await shots('stall-organiser'), 0)
    const { body } = await hosts.organiser.get(`/api/reviews/${plan.reviewId}/draw`)
    const id = body.drawId
    const { number } = (await hosts.organiser.get(`/api/draws/${id}`)).body
    await supervisor.goto(`/draws/${id}`)
    await supervisor.getByRole('heading', stalled).waitFor()
    assert.equal(await shots('stall-supervisor', supervisor), 0)
    await passerBy.goto(`/public/draws/${number}`)
    await passerBy.getByRole('heading', stalled).waitFor()
    assert.equal(await shots('stall-public', passerBy), 0)
    assert.equal(await passerBy.locator('ol li code').count(), 0)

    await app.instance.startWitness()
    const drawn = { name: '十人已抽出' }
    await page.getByRole('heading', drawn).waitFor({ timeout: 60_000 })
    await passerBy.getByRole('heading', drawn).waitFor()
    await supervisor.getByRole('table').first().waitFor()

    await page.getByRole('link', { name: '选定邀请对象' }).click()
    await page.getByRole('button', { name: '全选' }).click()
    assert.equal(await shots('invite-organiser'), 0)
    await page.getByRole('button', { name: /^邀请 10 人/ }).click()
    await page.getByRole('heading', { name: /选定专家组/ }).waitFor()
    const { seats } = (await hosts.organiser.get(`/api/draws/${id}`)).body

    const refuses = await somebody(await mobileOf(app, seats[0].id), true)
    await refuses.goto(`/invitations/${seats[0].id}`)
    await refuses.getByRole('button', { name: '不能参加' }).click()
    await refuses.getByRole('radio', { name: '出差或不在本市' }).check()
    assert.equal(await shots('refusal-expert', refuses), 0)
    await refuses.getByRole('button', { name: '不能参加' }).click()
    await refuses.getByRole('heading', { name: '已答复不能参加' }).waitFor()
    const row = (seat: number) => page.locator('table.ten tbody tr').nth(seat - 1)
    await row(1).getByText('由 11 号递补').waitFor({ timeout: 60_000 })
    await row(11).getByText('已邀请').waitFor()

    const excused = await somebody(await mobileOf(app, seats[1].id), true)
    await excused.goto(`/invitations/${seats[1].id}`)
    await excused.getByRole('button', { name: '主动回避' }).click()
    await excused.getByRole('radio', { name: '参与过本方案的编制或咨询' }).check()
    assert.equal(await shots('excuse-expert', excused), 0)
    await excused.getByRole('button', { name: '主动回避' }).click()
    await excused.getByRole('heading', { name: '已主动回避' }).waitFor()
    await row(2).getByText('由 12 号递补').waitFor({ timeout: 60_000 })
    await row(2).getByText('已回避').waitFor()
    assert.equal(await shots('replaced-organiser'), 0)

    const seen = supervisor.locator('table.ten tbody tr')
    await seen.nth(11).waitFor()
    assert.equal(await seen.count(), 12)
    assert.equal(await shots('replaced-supervisor', supervisor), 0)
    await passerBy.locator('ol li', { hasText: '递补 2 号' }).waitFor()
    assert.equal(await shots('replaced-public', passerBy), 0)
    // The number for a purpose, a call on record, the expert's word on it.
    await row(3).getByRole('button', { name: /电话/ }).click()
    await row(3).getByRole('button', { name: '联系能否参加' }).click()
    await row(3).getByText('显示到').waitFor()
    await row(3).getByRole('button', { name: '记录通话' }).click()
    await row(3).getByLabel('通话结果').selectOption({ label: '说可以参加' })
    assert.equal(await shots('call-organiser'), 0)
    await row(3).getByRole('button', { name: '存入记录' }).click()
    await row(3).getByText('待专家确认').waitFor()
    const called = await somebody(await mobileOf(app, seats[2].id), true)
    await called.goto(`/invitations/${seats[2].id}`)
    await called.getByText('谁看过您的联系方式').waitFor()
    assert.equal(await shots('call-expert', called), 0)
    await called.getByRole('button', { name: '属实，接受邀请' }).click()
    await row(3).getByText('已接受').waitFor()

    // One's own place in the draw.
    await refuses.goto('/invitations/draws')
    await refuses.getByRole('link', { name: '基坑工程' }).first().waitFor()
    assert.equal(await shots('own-draws', refuses), 0)
    await refuses.goto(`/invitations/draws/${id}`)
    await refuses.getByRole('button', { name: '核对' }).click()
    await refuses.getByRole('status').filter({ hasText: '一致' }).waitFor()
    assert.match(await refuses.locator('main').innerText(), /精确值 \d+\/\d+/)
    assert.equal(await shots('own-draw', refuses), 0)

    const open = await passerBy.locator('main').innerText()
    for (const { name, rosterNo } of seats) assert.isFalse(open.includes(name) || open.includes(rosterNo))
  })
})
