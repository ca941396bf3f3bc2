import type { Locator, Page } from 'playwright-core'
import { OPINIONS } from '#bin/story/steps/06_pre_review'
import { EVERYBODY, gather, inRoom, MEMBERS, nextStep } from '#bin/story/steps/07_meeting'
import type { Step, Story } from '#bin/story/story'

const JUDGEMENTS: [string, string][] = [
  ['内容是否完整、可行', '方案内容基本完整，施工工艺可行，降水、监测和管线保护须补充。'],
  ['计算书和验算依据、施工图是否符合有关标准规范', '计算书基本符合标准，抗隆起验算须按施工荷载重算。'],
  ['是否满足现场实际情况，并能够确保施工安全', '方案与现场相符，按意见修改后能够确保施工安全。'],
]
const ANSWER = OPINIONS.find((one) => one.defect_item)!.answered_by!

const opinionsOf = (page: Page): Locator =>
  page.getByRole('region', { name: '专家意见' }).getByRole('article')
const itemsOf = (page: Page): Locator => page.getByRole('region', { name: '专家组意见' }).getByRole('article')

/** The leader takes the opinions one after the other: each becomes an item of the panel's opinion. */
async function mergeAll(page: Page): Promise<void> {
  for (let at = 0; at < OPINIONS.length; at += 1) {
    const next = opinionsOf(page)
      .filter({ hasNotText: /→ 第 \d+ 项/ })
      .first()
    await next.click()
    await next.getByRole('button', { name: /^单列/ }).click()
    await itemsOf(page).nth(at).waitFor()
  }
  await page.getByText('意见都已归并或处理').waitFor()
}

async function confirmAll(story: Story, letter: string): Promise<void> {
  const page = await inRoom(story, letter)
  const items = itemsOf(page)
  for (let at = 0; at < OPINIONS.length; at += 1) {
    const word = items.nth(at).getByRole('group', { name: '您的表态' })
    const done = word.getByRole('button', { name: '✓ 确认' })
    await word.getByRole('button', { name: /确认$/ }).waitFor()
    if (await done.isVisible()) continue
    await word.getByRole('button', { name: '确认', exact: true }).click()
    await done.waitFor()
  }
}

async function vote(story: Story, letter: string, propose: boolean): Promise<void> {
  const page = await inRoom(story, letter)
  const foot = page.locator('footer', { hasText: '结论' }).first()
  await foot.getByRole('button', { name: /^修改后通过/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: propose ? '提请全体按此结论' : '记为我的结论' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

export const DELIBERATION: Step[] = [
  {
    step: '8a-closed',
    who: 'experts',
    what: '闭门合议：各方立即离场，看不到画面、方案和意见',
    run: async (story) => {
      const page = await gather(story, EVERYBODY)
      await nextStep(page, '进入合议', true)
      for (const key of ['organiser', 'chief']) {
        const out = await inRoom(story, key)
        await out.getByText('专家组正在闭门合议').waitFor()
      }
      await (await inRoom(story, 'B')).getByText('闭门合议').first().waitFor()
      await story.shot('organiser', 'closed-door')
      story.rule('MEET-7', '施工单位、监理离场；住建局旁听在场')
    },
  },
  {
    step: '8b-merge',
    who: 'experts',
    what: '组长逐条归并，所有人即时看到；写三项论证意见',
    run: async (story) => {
      const page = await gather(story, MEMBERS)
      await mergeAll(page)
      for (const [question, text] of JUDGEMENTS) {
        await page.getByLabel(question).fill(text)
        await page.getByLabel(question).press('Tab')
      }
      for (const letter of ['B', 'E'])
        await itemsOf(await inRoom(story, letter))
          .nth(OPINIONS.length - 1)
          .waitFor()
      story.rule('CONC-4', `${OPINIONS.length} 条意见归并，每项注明来自谁`)
      await story.shot('A', 'room-merged')
      await story.shot('B', 'room-merged', { phone: true })
    },
  },
  {
    step: '8c-severe-defect',
    who: 'experts',
    what: '严重缺陷未撤回时只能不通过或休会；提出人看第 59 页后撤回',
    run: async (story) => {
      const page = await gather(story, MEMBERS)
      const foot = page.locator('footer', { hasText: '结论' }).first()
      await foot.locator('s', { hasText: '修改后通过' }).waitFor()
      story.rule('CONC-3', await foot.innerText())
      await story.shot('A', 'defect-stands')
      const author = await inRoom(story, 'B')
      await author.getByRole('button', { name: /^撤回 B\d+$/ }).click()
      const dialog = author.getByRole('dialog')
      await dialog.getByLabel('能回答它的页码').fill(String(ANSWER.page))
      await dialog.getByLabel('理由').fill(ANSWER.reason)
      await dialog.getByText('应修改', { exact: true }).click()
      await story.shot('B', 'withdraws')
      await dialog.getByRole('button', { name: /^撤回 B\d+$/ }).click()
      await page.getByText(/原提严重缺陷 二\.5/).waitFor()
      story.rule('CONC-3', await page.getByText(/原提严重缺陷 二\.5/).innerText())
    },
  },
  {
    step: '8d-confirm',
    who: 'experts',
    what: '五人逐项确认，各自表明结论，组长提请修改后通过',
    run: async (story) => {
      await gather(story, MEMBERS)
      for (const letter of MEMBERS) await confirmAll(story, letter)
      const page = await inRoom(story, 'A')
      await page.getByText(`${OPINIONS.length} 项全体确认`).waitFor()
      await vote(story, 'A', true)
      for (const letter of MEMBERS.slice(1)) await vote(story, letter, false)
      await page.getByText('可以宣读').waitFor()
      story.rule('CONC-5', '五人都已表明结论')
      await story.shot('A', 'room-agreed')
    },
  },
  {
    step: '8e-read-out',
    who: 'experts organiser chief',
    what: '各方回到会场，组长逐项宣读，各方回应',
    run: async (story) => {
      const page = await gather(story, MEMBERS)
      await nextStep(page, '宣读意见和结论', true)
      for (const key of ['organiser', 'chief']) {
        const back = await inRoom(story, key)
        await back.getByRole('region', { name: '方案', exact: true }).waitFor({ timeout: 60_000 })
      }
      for (let at = 1; at < OPINIONS.length; at += 1)
        await page.getByRole('button', { name: '下一项' }).click()
      await page.getByRole('button', { name: '宣读结论' }).click()
      await story.shot('A', 'read-out')
      await story.shot('organiser', 'hears')
      await nextStep(page, '请各方回应')
      story.rule('MEET-8', '签到、介绍、汇报、质询、合议、宣读、回应')
    },
  },
  {
    step: '8f-conclude',
    who: 'experts',
    what: '形成结论：修改后通过，一致意见',
    run: async (story) => {
      const page = await gather(story, MEMBERS)
      await nextStep(page, '形成结论', true)
      await page.getByRole('link', { name: '去签署' }).waitFor()
      await story.shot('A', 'concluded')
      story.rule('CONC-1', '修改后通过，一致意见')
      story.rule('CONC-2', `${OPINIONS.filter((one) => one.kind !== 'advice').length} 项应修改的意见`)
      await story.leave('chief', 'authority')
    },
  },
]
