import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { openSeat, startBrowser } from '#bin/story/browser'
import { concludedPlan } from '#tests/api/reports/support/concluded_review'
import { filedAs } from '#tests/api/revision/support/after_meeting'
import { beaconInstallation, type BeaconInstallation } from '#tests/support/beacon_installation'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { readyPlan, signInHosts, submitted, type Hosts } from '#tests/support/draw_life'
import { pictured } from '#tests/support/pictures'
import type { OpenPlan } from '#tests/support/plan_life'

const ORGANISER = '19900000001'
const SUPERVISOR = '19900000008'
const PART = '信标 1 号基坑'

test.group('A draw with a public beacon, and the round after 不通过, in a real browser', (group) => {
  let installation: BeaconInstallation
  let app: TestInstance
  let hosts: Hosts
  let browser: Browser
  let organiser: Page
  let supervisor: Page
  let passerBy: Page
  let complaints: string[]
  let plan: OpenPlan
  group.setup(async () => {
    installation = await beaconInstallation()
    app = await testInstance({ environment: { ...installation.environment, MEDIA: 'off' } })
    hosts = await signInHosts(app.url)
    browser = await startBrowser()
    ;({ page: organiser, complaints } = await openSeat(browser, app.url))
    await enter(organiser, ORGANISER)
    supervisor = (await openSeat(browser, app.url)).page
    await enter(supervisor, SUPERVISOR)
    passerBy = (await openSeat(browser, app.url, true)).page
    return async () => {
      await browser.close()
      await app.stop()
      installation.close()
    }
  })
  group.each.timeout(300_000)

  /** By the demonstration's list: the app's clock runs ahead, and with it the codes of the second factor. */
  async function enter(page: Page, mobile: string) {
    await page.goto('/demo')
    await page.getByRole('listitem').filter({ hasText: mobile }).getByRole('button').click()
    await page.waitForURL('**/home')
  }
  const drawOf = async (reviewId: string) => {
    const { body } = await hosts.organiser.get(`/api/reviews/${reviewId}/draw`)
    return (await hosts.organiser.get(`/api/draws/${body.drawId}`)).body
  }

  test('DRAW-9: without the beacon the page says which round is awaited; it comes, and the page recomputes', async ({
    assert,
  }) => {
    const servers = [installation.first, installation.second]
    for (const server of servers) server.mood = 'down'
    plan = await readyPlan(hosts, PART)
    await organiser.goto(`/draws/start/${plan.reviewId}`)
    await organiser.getByRole('button', { name: '开始抽取' }).click()
    const stopped = { name: /抽取已停止，等待公共信标第 \d+ 轮/ }
    await organiser.getByRole('heading', stopped).waitFor()
    await organiser.getByText('所设的地址都连不上').first().waitFor()
    assert.equal(await pictured(organiser, 'beacon-stall-organiser'), 0)
    const { id, number, beacon } = await drawOf(plan.reviewId)
    await supervisor.goto(`/draws/${id}`)
    await supervisor.getByRole('heading', stopped).waitFor()
    await passerBy.goto(`/public/draws/${number}`)
    await passerBy.getByRole('heading', stopped).waitFor()
    assert.include(await passerBy.locator('main').innerText(), String(beacon.awaited.round))
    assert.equal(await pictured(passerBy, 'beacon-stall-public'), 0)

    for (const server of servers) server.mood = 'honest'
    const drawn = { name: '十人已抽出' }
    await organiser.getByRole('heading', drawn).waitFor()
    await passerBy.getByRole('heading', drawn).waitFor()
    await passerBy.getByText(installation.beacon.sign(beacon.awaited.round).slice(0, 4)).first().waitFor()
    assert.equal(await pictured(passerBy, 'beacon-came-public'), 0)
    await organiser.getByRole('link', { name: '选定邀请对象' }).click()
    await organiser.getByRole('button', { name: '重算' }).click()
    await organiser.getByRole('status').filter({ hasText: '一致' }).waitFor()
    assert.equal(await pictured(organiser, 'beacon-recomputed'), 0)
    assert.deepEqual(complaints, [])
  })

  test('DRAW-6, REP-4: after 不通过 the plan’s page begins the next round; who watches sees both draws of the permit', async ({
    assert,
  }) => {
    await filedAs(app, await concludedPlan(app, hosts.organiser, plan), 'FAIL', 'none')
    await organiser.goto(`/plans/${plan.id}`)
    const begin = organiser.getByRole('button', { name: '开始下一轮' })
    await begin.waitFor()
    await organiser.getByText('不通过，不得实施').waitFor()
    assert.equal(await pictured(organiser, 'next-round'), 0)
    await begin.click()
    await organiser.getByText('第 2 轮已开始').waitFor()
    await begin.waitFor({ state: 'detached' })
    await organiser.getByText('上一轮不通过的版本不能再送审').first().waitFor()
    assert.equal(await pictured(organiser, 'next-round-begun'), 0)
    const { body } = await hosts.organiser.get(`/api/plans/${plan.id}`)
    const reviewId = body.review.id
    assert.notEqual(reviewId, plan.reviewId)
    await submitted(hosts, plan, { about: PART, groundwater: '按专家意见重做降水设计' })
    await organiser.goto(`/draws/start/${reviewId}`)
    await organiser.getByRole('button', { name: '开始抽取' }).click()
    await organiser.getByRole('heading', { name: '十人已抽出' }).waitFor()
    const second = await drawOf(reviewId)
    await supervisor.goto(`/draws/${second.id}`)
    await supervisor.getByText('同一施工许可证的其他抽取').waitFor()
    await supervisor.getByText('第 1 轮').waitFor()
    assert.equal(await pictured(supervisor, 'same-permit-supervisor'), 0)
    await supervisor.getByText('类别 基坑工程').waitFor()
    await supervisor.goto('/draws/fairness')
    await supervisor.getByRole('heading', { name: '同一施工许可证多次抽取' }).waitFor()
    await supervisor.getByText(second.number).first().waitFor()
    assert.equal(await pictured(supervisor, 'repeats-supervisor'), 0)
    // Nobody but those concerned knows of a draw's people before its meeting has ended: the public list waits.
    await passerBy.goto('/public/fairness')
    await passerBy.getByRole('heading', { level: 1 }).waitFor()
    assert.notInclude(await passerBy.locator('main').innerText(), second.number)
  })
})
