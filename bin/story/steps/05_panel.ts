import type { Page } from 'playwright-core'
import { readOutbox } from '#bin/story/sign_in'
import type { Step, Story } from '#bin/story/story'

const TEN = 10

interface DrawnSeat {
  readonly key: string
  readonly name: string
  /** One of the first five by the random order that make a valid panel. */
  readonly inDefault: boolean
}

/** The ten as the page of the draw shows them. */
async function readSeats(page: Page): Promise<DrawnSeat[]> {
  const rows = page.getByRole('row').filter({ has: page.getByRole('checkbox', { name: /^选 / }) })
  await rows.first().waitFor()
  const seats: DrawnSeat[] = []
  for (const [index, row] of (await rows.all()).entries()) {
    const label = await row.getByRole('checkbox').getAttribute('aria-label')
    seats.push({
      key: `s${index + 1}`,
      name: label!.replace(/^选\s*/, ''),
      inDefault: (await row.innerText()).includes('前五'),
    })
  }
  return seats
}

async function answerBySession(story: Story, key: string, shot: boolean): Promise<Page> {
  const page = await story.page(key)
  await page.goto('/home')
  await page.getByRole('link', { name: '答复' }).first().waitFor()
  if (shot) await story.shot(key, 'home', { phone: true })
  await page.getByRole('link', { name: '答复' }).first().click()
  await page.getByRole('heading', { name: '邀请您参加论证' }).waitFor()
  if (shot) await story.shot(key, 'invitation', { phone: true })
  return page
}

/** The one-time link of the SMS, opened on a phone, without signing in. */
async function openLink(story: Story, key: string): Promise<Page> {
  const reading = await story.visitor('sms')
  const messages = await readOutbox(reading, story.role(key).mobile)
  const link = messages
    .map((text) => /https?:\/\/\S+\/invitations\/answer#[\w-]+/.exec(text)?.[0])
    .find(Boolean)
  if (!link) throw new Error(`No link in: ${messages[0]}`)
  const phone = await story.visitor(`${key}-phone`, true)
  await phone.goto(link)
  await phone.getByRole('heading', { name: '邀请您参加论证' }).waitFor()
  return phone
}

async function accept(story: Story, key: string, by: 'session' | 'link', shot: boolean): Promise<void> {
  const page = by === 'session' ? await answerBySession(story, key, shot) : await openLink(story, key)
  if (shot && by === 'link') await story.shot(`${key}-phone`, 'invitation-by-sms')
  await page.getByRole('button', { name: '接受', exact: true }).click()
  await page.getByRole('button', { name: '确认接受' }).click()
  await page.getByRole('heading', { name: '已接受，等组织单位确认专家组' }).waitFor()
  await story.leave(key, `${key}-phone`)
}

/** One who does not come, with the reason the form asks for. */
async function refuse(
  story: Story,
  key: string,
  answer: '不能参加' | '主动回避',
  reason: string
): Promise<void> {
  const page = await answerBySession(story, key, false)
  await page.getByRole('button', { name: answer, exact: true }).click()
  await page.getByText(reason, { exact: true }).click()
  await story.shot(key, answer === '不能参加' ? 'declines' : 'recuses')
  await page.getByRole('button', { name: answer, exact: true }).click()
  await page.getByRole('heading', { name: answer === '不能参加' ? '已答复不能参加' : '已主动回避' }).waitFor()
  await story.leave(key)
}

async function openDraw(story: Story): Promise<Page> {
  const page = await story.page('organiser')
  await page.goto(`/draws/${story.ids.drawId}`)
  await page.getByRole('heading', { name: '抽出的十人' }).waitFor()
  return page
}

/** Names of those who were drawn in place of others: they stand below the ten, once they have come out. */
async function readReplacements(page: Page, count: number): Promise<string[]> {
  const names = page.getByRole('cell').locator('b')
  await names.nth(TEN + count - 1).waitFor({ timeout: 60_000 })
  return (await names.allInnerTexts()).slice(TEN)
}

export const PANEL: Step[] = [
  {
    step: '5a-invite',
    who: 'organiser',
    what: '全部邀请，附拟定的会议时间',
    run: async (story) => {
      await story.at(1, '10:20')
      const page = await openDraw(story)
      const seats = await readSeats(page)
      story.ids.seats = seats
      story.ids.experts = Object.fromEntries(seats.map((seat) => [seat.key, seat.name]))
      if (!seats.some((seat) => seat.inDefault)) throw new Error('The ten make no valid panel')
      await page.getByRole('button', { name: '全选' }).click()
      const time = page.getByLabel('会议时间')
      if ((await time.inputValue()) !== story.field(4, '09:00')) await time.fill(story.field(4, '09:00'))
      await story.shot('organiser', 'invite')
      await page.getByRole('button', { name: '邀请 10 人' }).click()
      await page.getByText('0 人接受，10 人待答复').waitFor()
      story.rule('DRAW-13', '十人全部邀请，附会议时间')
    },
  },
  {
    step: '5b-answers',
    who: 'experts',
    what: '八人接受（登录或短信链接），一人不能参加，一人主动回避',
    run: async (story) => {
      const seats: DrawnSeat[] = story.ids.seats
      const spare = seats.filter((seat) => !seat.inDefault).map((seat) => seat.key)
      const [declines, recuses] = spare
      await refuse(story, declines!, '不能参加', '出差或不在本市')
      await refuse(story, recuses!, '主动回避', '参与过本方案的编制或咨询')
      story.rule('DRAW-7', `${story.role(recuses!).name} 申明利害关系，主动回避`)
      const others = seats.map((seat) => seat.key).filter((key) => key !== declines && key !== recuses)
      for (const [index, key] of others.entries())
        await accept(story, key, index % 2 ? 'link' : 'session', index < 2)
    },
  },
  {
    step: '5c-replacements',
    who: 'organiser experts',
    what: '按规则递补两人，受邀并接受',
    run: async (story) => {
      await story.at(1, '11:30')
      const page = await openDraw(story)
      const names = await readReplacements(page, 2)
      for (const [index, name] of names.entries()) story.ids.experts[`r${index + 1}`] = name
      story.rule('DRAW-7', `递补：${names.join('、')}`)
      await story.shot('organiser', 'replacements', { full: true })
      for (const key of ['r1', 'r2']) await accept(story, key, key === 'r1' ? 'session' : 'link', false)
    },
  },
  {
    step: '5d-confirm',
    who: 'organiser',
    what: '按随机顺序前五名定专家组，指定组长，候补两人',
    run: async (story) => {
      await story.at(1, '16:00')
      const page = await openDraw(story)
      await page.getByText('10 人接受，0 人待答复').waitFor()
      const confirm = page.getByRole('button', { name: '确认专家组' })
      if ((await confirm.getAttribute('aria-disabled')) === 'true')
        story.rule('DRAW-10', '专家组不齐，不能确认')
      await page.getByRole('button', { name: '按随机顺序选前五名' }).click()
      await page
        .getByRole('radio', { name: /^由 .+ 任组长$/ })
        .first()
        .check()
      await page.getByText('可以确认').waitFor()
      story.rule('DRAW-4', await page.getByRole('list').filter({ hasText: '组长属主专业' }).innerText())
      await story.shot('organiser', 'panel')
      await confirm.click()
      await page.getByText(/^专家组 .+ 确认$/).waitFor()
    },
  },
  {
    step: '5e-panel',
    who: 'organiser',
    what: '专家组五人和候补两人，字母从此不变',
    run: async (story) => {
      const page = await openDraw(story)
      await page.getByText(/^专家组 .+ 确认$/).waitFor()
      const experts: Record<string, string> = {}
      for (const item of await page
        .getByRole('listitem')
        .filter({ has: page.locator('b') })
        .all()) {
        const letter = (await item.innerText()).trim()[0]!
        if (/[A-G]/.test(letter)) experts[letter] = await item.locator('b').innerText()
      }
      if (Object.keys(experts).length !== 7) throw new Error(`Panel as shown: ${JSON.stringify(experts)}`)
      story.ids.experts = { ...story.ids.experts, ...experts }
      story.rule('DRAW-11', `候补 ${experts.F}、${experts.G}`)
      await story.shot('organiser', 'panel-confirmed')
    },
  },
]
