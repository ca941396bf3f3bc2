import type { Page } from 'playwright-core'
import { giveCamera } from '#bin/story/camera'
import { OPINIONS, turnTo } from '#bin/story/steps/06_pre_review'
import type { Step, Story } from '#bin/story/story'

export const MEMBERS = ['A', 'B', 'C', 'D', 'E']
/** Who has camera and microphone on; the others come without, as the lobby allows. */
const WITH_CAMERA = ['A', 'B', 'organiser']
const PARTIES = ['organiser', 'chief']
export const EVERYBODY = [...MEMBERS, ...PARTIES, 'authority']

/** Through the lobby: devices, consent to recording, a photo for the attendance record, in. */
async function enter(story: Story, key: string, shot = false): Promise<Page> {
  const page = await story.page(key)
  if (WITH_CAMERA.includes(key))
    await giveCamera(page.context(), story.role(key).name, WITH_CAMERA.indexOf(key))
  await page.goto(`/meetings/${story.ids.reviewId}`)
  await page.getByRole('heading', { name: '检查设备' }).waitFor()
  const listens = key === 'authority'
  if (!listens) await page.getByText('摄像头正常').waitFor()
  const door = page.getByRole('button', { name: /入会/ }).last()
  if (key === 'A' && (await door.getAttribute('aria-disabled')) === 'true')
    story.rule('MEET-6', '同意录音录像后才能入会')
  const photo = page.getByRole('button', { name: '拍一张' })
  // Whoever comes back in has signed in already.
  if (await photo.isVisible()) {
    await photo.click()
    await page.getByRole('img', { name: '签到照片' }).waitFor()
  }
  await page.getByRole('group', { name: '是否同意录音录像' }).getByText('同意', { exact: true }).click()
  if (shot) await story.shot(key, 'lobby', { phone: true })
  if (!listens && !WITH_CAMERA.includes(key)) {
    await page.getByRole('button', { name: '不开摄像头' }).click()
    await page.getByRole('button', { name: '不开麦克风' }).click()
  }
  await door.click()
  await page.getByRole('region', { name: '方案', exact: true }).waitFor()
  return page
}

/** Somebody's page in the room; who has left it comes back in. */
export async function inRoom(story: Story, key: string): Promise<Page> {
  const page = await story.page(key)
  return page.url().includes('/meetings/') ? page : enter(story, key)
}

/** Whoever belongs in the room is there; those whom a restart of the story put out come back in. */
export async function gather(story: Story, keys: readonly string[]): Promise<Page> {
  for (const key of keys) await inRoom(story, key)
  const page = await inRoom(story, 'A')
  await page.getByText('专家 5 / 5 在线').waitFor()
  return page
}

/** The next step of the meeting, by the button at its foot, with its warning where it has one. */
export async function nextStep(page: Page, name: string, warned = false): Promise<void> {
  const foot = page.getByRole('contentinfo').last()
  await foot.getByRole('button', { name, exact: true }).click()
  if (warned) await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
  await foot.getByRole('button', { name, exact: true }).waitFor({ state: 'hidden' })
}

/** Everybody who is required is checked off by name; who is not here is waived with a reason. */
async function checkOff(story: Story, page: Page): Promise<void> {
  await page.getByRole('button', { name: /^人员 \d+$/ }).click()
  const people = page.getByRole('region', { name: '人员' })
  const rows = people.getByRole('listitem').filter({ has: page.getByRole('button', { name: '登记' }) })
  const count = await rows.count()
  for (let at = 0; at < count; at += 1) {
    const row = rows.nth(at)
    const role = await row.innerText()
    if (!role.includes('未到')) continue
    await row.getByRole('button', { name: '登记' }).click()
    if (role.startsWith('专业监理工程师')) {
      await row.getByLabel('缺席仍开会的理由').fill('专业监理工程师因公出差，由总监代为回答，不影响论证')
      await row.getByRole('button', { name: '缺席，会议照开' }).click()
      story.rule('MEET-2', '专业监理工程师缺席，组长决定照开，写进报告')
    } else {
      await row.getByLabel('姓名').fill(nameFor(role))
      await row.getByRole('button', { name: '记为到会' }).click()
    }
    await row.getByRole('button', { name: '登记' }).and(page.locator('[aria-expanded=false]')).waitFor()
  }
  story.rule('MEET-2', `应到人员 ${count} 类逐一登记`)
}

const ATTENDEES: [RegExp, string][] = [
  [/^建设/, '梁澄'],
  [/^勘察/, '𠮷田和也'],
  [/^设计/, '何澜'],
  [/^总承包/, '韦承志'],
  [/^分包/, '蓝启钧'],
  [/^项目负责人/, '班承岩'],
  [/^项目技术/, '覃砚秋'],
  [/^专项施工方案编制/, '覃丽娟'],
  [/^项目专职/, '韦定安'],
  [/^项目总监/, '陆文涛'],
]
const nameFor = (role: string) => ATTENDEES.find(([pattern]) => pattern.test(role))?.[1] ?? '覃丽娟'

export const MEETING: Step[] = [
  {
    step: '7a-enter',
    who: 'experts organiser chief authority',
    what: '检查设备，同意录音录像，拍签到照片，入会；三人开摄像头',
    run: async (story) => {
      await story.at(4, '08:50')
      for (const key of [...MEMBERS, ...PARTIES]) await enter(story, key, key === 'A')
      await enter(story, 'authority')
      const page = await story.page('A')
      await page
        .getByText(/^人员 8$/)
        .first()
        .waitFor()
      await page
        .getByRole('region', { name: '参会画面' })
        .or(page.getByRole('complementary', { name: '参会画面' }))
        .locator('video')
        .nth(2)
        .waitFor()
      await story.shot('A', 'room-before')
      story.rule('MEET-7', '住建局旁听，全场可见')
    },
  },
  {
    step: '7b-open',
    who: 'experts',
    what: '组长宣布开会，开始录制；全体意见已交，同时公开',
    run: async (story) => {
      await story.at(4, '09:00')
      const page = await inRoom(story, 'A')
      await nextStep(page, '宣布开会', true)
      await page.getByText('录制中').waitFor({ timeout: 60_000 })
      const opinions = page.getByRole('region', { name: '专家意见' }).getByRole('article')
      await opinions.nth(OPINIONS.length - 1).waitFor()
      story.rule('PLAN-6', `会议开始，${await opinions.count()} 条意见同时公开`)
      await story.shot('A', 'room-opinions', { phone: true })
    },
  },
  {
    step: '7c-attendance',
    who: 'experts',
    what: '登记应到人员，缺席的由组长决定照开；介绍与会人员',
    run: async (story) => {
      const page = await gather(story, EVERYBODY)
      await checkOff(story, page)
      await story.shot('A', 'attendance')
      await page.getByRole('button', { name: '关闭', exact: true }).click()
      await nextStep(page, '介绍与会人员')
      await nextStep(page, '开始汇报')
    },
  },
  {
    step: '7d-in-step',
    who: 'organiser experts',
    what: '施工单位汇报翻页，所有人同页；质询',
    run: async (story) => {
      const leader = await inRoom(story, 'A')
      await leader.getByRole('button', { name: /^人员 \d+$/ }).click()
      const name = story.role('organiser').name
      await leader.getByRole('button', { name: `对 ${name} 的操作` }).click()
      await leader.getByRole('menuitem', { name: '由其翻页' }).click()
      await leader.getByRole('button', { name: '关闭', exact: true }).click()
      const page = await inRoom(story, 'organiser')
      await page.getByText('由您翻页').waitFor()
      await turnTo(page, 58)
      for (const key of ['A', 'C', 'chief']) {
        const other = await inRoom(story, key)
        await other.waitForFunction(() =>
          [...document.querySelectorAll('input')].some((one) => one.value === '58')
        )
      }
      await story.shot('C', 'plan-in-step')
      await story.shot('organiser', 'presents')
      await nextStep(leader, '进入质询')
      const chat = await inRoom(story, 'C')
      await chat.getByRole('button', { name: '文字交流' }).click()
      await chat.getByLabel('写给大家').fill('请说明燃气管监测点间距。')
      await chat.getByRole('button', { name: '发送' }).click()
      await page.getByRole('button', { name: /文字交流/ }).click()
      await page.getByText('请说明燃气管监测点间距。', { exact: true }).waitFor()
      for (const one of [page, chat])
        await one
          .getByRole('region', { name: '文字交流' })
          .getByRole('button', { name: '关闭', exact: true })
          .click()
    },
  },
]
