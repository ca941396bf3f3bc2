import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { chromium, type Browser, type Page } from 'playwright-core'
import { newId } from '#core/ids'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import type { Person } from '#tests/support/person'
import { RoomClient } from '#tests/support/room_client'
import { seatedReview, type SeatedReview } from '#tests/support/room_life'

const pictures = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'lunzheng-room-'))
const PATIENCE_MS = 60_000
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]
const fields = (finding: string, requirement: string, page = 8) => ({
  page,
  region: { x: 0.2, y: 0.3, w: 0.3, h: 0.1 },
  place: '降水设计',
  finding,
  basis: 'JGJ 120-2012',
  requirement,
  kind: 'must_fix' as const,
  defect: null,
  chapter: null,
})

test.group('The review room in real browsers', (group) => {
  let app: TestInstance
  let review: SeatedReview
  let browser: Browser
  const members = new Map<string, RoomClient>()
  let leader: Page
  let party: Page

  group.setup(async () => {
    mkdirSync(pictures, { recursive: true })
    app = await testInstance({ environment: { MEDIA: 'off' } })
    review = await seatedReview(app)
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
    return async () => {
      for (const client of members.values()) client.close()
      await browser.close()
      await app.stop()
    }
  })
  group.each.timeout(300_000)

  const expert = (letter: string) => review.panel.find((one) => one.letter === letter)!
  const shot = (page: Page, name: string) => page.screenshot({ path: join(pictures, `room-${name}.png`) })

  async function pageOf(person: Person, width = 1440, height = 900): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height },
      locale: 'zh-CN',
      permissions: ['camera', 'microphone'],
    })
    const cookies = person.cookieHeader.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: app.url }
    })
    await context.addCookies(cookies)
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    return page
  }

  /** through the door: consent first, which is what opens it */
  async function enter(page: Page): Promise<void> {
    await page.goto(`${app.url}/meetings/${review.reviewId}`)
    await page.getByText('同意', { exact: true }).click()
    await page.getByRole('button', { name: /入会/ }).click()
  }
  async function member(letter: string): Promise<RoomClient> {
    const { person } = expert(letter)
    await person.post(`/api/sessions/${review.reviewId}/consent`, { agreed: true })
    const client = new RoomClient(person, review.reviewId)
    await client.join(true)
    members.set(letter, client)
    return client
  }
  const panelOf = (letter: string) => members.get(letter)!.state('panel')

  test('PLAN-6: an expert marks the plan, is told what is vague, and seals', async ({ assert }) => {
    const page = await pageOf(expert('A').person)
    await page.goto(`${app.url}/reviews/${review.reviewId}/opinions`)
    await page.locator('[data-page="1"] canvas').waitFor()
    await page.getByRole('button', { name: '写意见' }).click()
    await page.getByRole('button', { name: '在方案上圈出' }).click()
    const sheet = (await page.locator('[data-page="1"]').boundingBox())!
    await page.mouse.move(sheet.x + 80, sheet.y + 100)
    await page.mouse.down()
    await page.mouse.move(sheet.x + 240, sheet.y + 180, { steps: 4 })
    await page.mouse.up()
    await page.getByLabel('要求', { exact: true }).fill('确保安全')
    await page.getByText('“确保安全”没有说要改什么').waitFor()
    await page.getByLabel('问题').fill('抗隆起验算地面荷载取值偏小')
    await page.getByLabel('要求', { exact: true }).fill('应按泵车、土方车工况重算坑底抗隆起')
    await page.getByLabel('依据').fill('JGJ 120-2012 第4.2.4条')
    await page.getByText(/^已存 \d\d:\d\d$/).waitFor()
    await page.getByRole('button', { name: '写好了' }).click()
    await page.getByRole('button', { name: '提交并封存 1 条意见' }).click()
    await page.getByRole('button', { name: '封存', exact: true }).click()
    await page.getByText('您的意见已封存').waitFor()
    await shot(page, 'sealed')
    const { rows } = await app.sql.query('SELECT count(*) FROM session_seats WHERE complete_at IS NOT NULL')
    assert.equal(Number(rows[0].count), 1)
    await page.context().close()
  })

  test('The leader opens, merges by keyboard, and every screen ends up the same', async ({ assert }) => {
    for (const letter of ['B', 'C', 'D', 'E']) {
      const client = await member(letter)
      const opinionId = newId()
      const finding = `坑外未设回灌井，观测井仅坑内 2 口（${letter}）`
      await client.must('opinion.save', { opinionId, fields: fields(finding, '补充降水回灌预案与观测井') })
      await client.must('opinion.submit', { opinionIds: [opinionId] })
    }
    party = await pageOf(review.owner)
    await enter(party)
    leader = await pageOf(expert('A').person)
    await enter(leader)
    await leader.getByRole('button', { name: '宣布开会' }).click()
    await leader.getByRole('dialog').getByRole('button', { name: '宣布开会' }).click()
    for (const step of ['介绍与会人员', '开始汇报', '进入质询'])
      await leader.getByRole('button', { name: step }).click()

    const row = (label: string) => leader.getByRole('article', { name: new RegExp(`意见 ${label}，`) })
    await row('B1').focus()
    await leader.keyboard.press('n')
    await leader.getByRole('article', { name: '第 1 项' }).waitFor()
    await row('C1').focus()
    await leader.getByRole('button', { name: /归并到第 1 项/ }).waitFor()
    await leader.keyboard.press('Enter')
    await row('C1').getByText('→ 第 1 项').waitFor()
    await shot(leader, 'merged')
    assert.lengthOf(panelOf('B').items[0]!.opinionIds, 2)
    assert.notInclude(await party.locator('body').innerText(), '回灌井')
  })

  test('MEET-7: deliberation puts the party out, who waits at the door', async ({ assert }) => {
    await leader.getByRole('button', { name: '进入合议' }).click()
    await leader.getByRole('dialog').getByRole('button', { name: '进入合议' }).click()
    await party.getByRole('heading', { name: '专家组正在闭门合议' }).waitFor()
    assert.equal(await party.locator('canvas').count(), 0)
    await shot(party, 'door')
  })

  test('Words typed without a line are kept and arrive once', async ({ assert }) => {
    await leader.getByRole('article', { name: '第 1 项' }).locator('button.name').click()
    const text = leader.getByLabel('这一项的文字')
    await leader.context().setOffline(true)
    await leader.getByText(/离线，意见已存本机/).waitFor()
    await text.press('End')
    await text.pressSequentially('【断线时写】')
    await leader.getByText('待发 1 条').waitFor()
    await shot(leader, 'offline')
    await leader.context().setOffline(false)
    await leader.getByText(/离线，意见已存本机/).waitFor({ state: 'hidden' })
    await assertSoon(() => panelOf('B').items[0]!.text.split('【断线时写】').length === 2)
    const hashes = new Set(['B', 'C', 'D', 'E'].map((letter) => members.get(letter)!.hash('panel')))
    assert.equal(hashes.size, 1)
  })

  test('MEET-4: one goes, the meeting pauses and says who; a phone confirms once all are back', async ({
    assert,
  }) => {
    members.get('E')!.close()
    const pause = leader.getByRole('alertdialog')
    await pause.getByText('1 位专家不在场，会议自动暂停').waitFor()
    assert.include(await pause.innerText(), '不在场')
    const phone = await pageOf(expert('E').person, 390, 844)
    await enter(phone)
    await pause.waitFor({ state: 'hidden' })
    await phone.getByRole('button', { name: /^专家组/ }).click()
    await phone.getByRole('button', { name: '确认这一项' }).click()
    await assertSoon(() => panelOf('B').items[0]!.votes[expert('E').seatId]?.vote === 'confirm')
    const sideways = await phone.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    assert.equal(sideways, 0)
    await shot(phone, 'phone')
  })
})

async function assertSoon(isTrue: () => boolean): Promise<void> {
  const end = performance.now() + 20_000
  while (!isTrue()) {
    if (performance.now() > end) throw new Error('it did not come true')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
