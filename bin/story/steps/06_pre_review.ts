import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Step, Story } from '#bin/story/story'

export interface DemoOpinion {
  author: string
  kind: 'must_fix' | 'advice' | 'severe_defect'
  page: number
  place: string
  basis: string
  finding: string
  requirement: string
  defect_item: string | null
  answered_by: { page: number; reason: string } | null
}

/** What the panel of the deep pit finds, as the data of the demonstration has it. */
export const OPINIONS: DemoOpinion[] = (
  JSON.parse(readFileSync(new URL('../../../resources/demo/opinions.json', import.meta.url), 'utf8')) as {
    plan: string
    opinions: DemoOpinion[]
  }[]
).find((one) => one.plan === 'wuxianghu-a07')!.opinions

const KIND = { must_fix: '应修改', advice: '建议', severe_defect: '严重缺陷' }
const MEMBERS = ['A', 'B', 'C', 'D', 'E']
const ALTERNATES = ['F', 'G']

/** Turns the plan to a page, by the number at the head of the reader. */
export async function turnTo(page: Page, number: number): Promise<void> {
  const field = page.getByRole('toolbar', { name: '阅读工具' }).first().getByLabel('页码')
  await field.fill(String(number))
  await field.press('Enter')
  await field.press('Tab')
}

/** One opinion through its form: kind, page and place, what is wrong, what is asked, on what basis. */
export async function writeOpinion(page: Page, opinion: DemoOpinion): Promise<void> {
  await turnTo(page, opinion.page)
  await page.getByRole('button', { name: '写意见' }).click()
  const form = page.locator('form').filter({ has: page.getByLabel('问题') })
  await form.getByText(KIND[opinion.kind], { exact: true }).click()
  if (opinion.defect_item) await form.getByLabel('严重缺陷清单条目').selectOption(opinion.defect_item)
  const shown = await form.getByLabel('页码').inputValue()
  if (shown !== String(opinion.page)) throw new Error(`The form begins on page ${shown}, not ${opinion.page}`)
  await form.getByLabel('部位').fill(opinion.place)
  await form.getByLabel('问题').fill(opinion.finding)
  await form.getByLabel('要求').fill(opinion.requirement)
  await form.getByLabel('依据').fill(opinion.basis)
}

/** Draws a cloud around what the opinion speaks of, by keyboard as the page offers. */
async function markRegion(page: Page): Promise<void> {
  await page.getByRole('button', { name: '在方案上圈出' }).click()
  const box = page.getByRole('application', { name: /^圈定范围/ })
  await box.first().waitFor()
  await box.first().press('ArrowUp')
  await box.first().press('Enter')
  await page.getByText(/^已圈在第 \d+ 页/).waitFor()
}

async function seal(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^提交并封存 \d+ 条意见$/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '封存', exact: true }).click()
  await page.getByText('您的意见已封存').waitFor()
}

async function sealNothing(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: '我没有意见' }).click()
  await page.getByLabel('没有意见的理由').fill(reason)
  await page.getByRole('dialog').getByRole('button', { name: '封存', exact: true }).click()
  await page.getByText('您的意见已封存').waitFor()
}

async function writeAll(story: Story, letter: string): Promise<void> {
  const page = await story.page(letter)
  await page.goto(`/reviews/${story.ids.reviewId}/opinions`)
  await page.getByRole('heading', { name: '我的意见' }).waitFor()
  for (const [index, opinion] of OPINIONS.filter((one) => one.author === letter).entries()) {
    await writeOpinion(page, opinion)
    if (index === 0) await markRegion(page)
    if (letter === 'B') await story.shot('B', 'severe-defect-draft')
    await page.getByRole('button', { name: '写好了' }).click()
  }
  await story.shot(letter, 'opinions-draft', { phone: letter === 'A' })
  await seal(page)
}

export const PRE_REVIEW: Step[] = [
  {
    step: '6a-opens-plan',
    who: 'experts',
    what: '专家组成员看到首页只有一件事：阅读方案，写初步意见',
    run: async (story) => {
      await story.at(2, '09:00')
      const page = await story.page('A')
      await page.goto('/home')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await story.shot('A', 'home', { phone: true })
      await page.goto('/reviews')
      await page.getByRole('link', { name: /五象湖 A-07/ }).click()
      await page.getByRole('heading', { name: /五象湖 A-07/ }).waitFor()
      await story.shot('A', 'review', { phone: true })
    },
  },
  {
    step: '6b-opinions',
    who: 'experts',
    what: '五人各写初步意见，标在页上，封存',
    run: async (story) => {
      for (const letter of MEMBERS) {
        await writeAll(story, letter)
        if (letter !== 'A') await story.leave(letter)
      }
      story.rule('PLAN-6', `${OPINIONS.length} 条初步意见封存，会前互不可见`)
      const page = await story.page('A')
      await page.reload()
      await page.getByText('您的意见已封存').waitFor()
      const shown = await page.getByText('深层水平位移').count()
      if (shown > 0) throw new Error('A sees an opinion of C before the meeting')
      story.rule('SEC-2', '成员 A 会前看不到成员 C 的意见')
      await story.shot('A', 'sealed')
    },
  },
  {
    step: '6c-alternates',
    who: 'experts',
    what: '两名候补也看方案，写明没有另外的意见',
    run: async (story) => {
      for (const letter of ALTERNATES) {
        const page = await story.page(letter)
        await page.goto(`/reviews/${story.ids.reviewId}/opinions`)
        await sealNothing(page, '已通读全文，核对计算书和图纸，没有另外的意见')
        await story.leave(letter)
      }
      story.rule('DRAW-11', '候补收到方案并答复')
    },
  },
  {
    step: '6d-not-too-early',
    who: 'organiser',
    what: '会议不能早于方案送达两天',
    run: async (story) => {
      const page = await story.page('organiser')
      await page.goto(`/reviews/${story.ids.reviewId}`)
      await page.getByRole('button', { name: /^(改时间|定时间)$/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('日期').fill(story.field(2, '09:00').slice(0, 10))
      await dialog
        .getByText(/^最早 .+后才能开会$/)
        .first()
        .waitFor()
      story.rule(
        'PLAN-6',
        await dialog
          .getByText(/^最早 /)
          .first()
          .innerText()
      )
      await story.shot('organiser', 'not-too-early')
      await dialog.getByLabel('日期').fill(story.field(4, '09:00').slice(0, 10))
      await dialog.getByLabel('时间', { exact: true }).fill('09:00')
      await dialog.getByRole('button', { name: '定下并通知' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await story.shot('organiser', 'scheduled')
    },
  },
]
