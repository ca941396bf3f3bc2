import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storyPlan } from '#bin/story/plan/plan_pdf'
import { tickAll } from '#bin/story/steps/ticks'
import { upload } from '#bin/story/steps/upload'
import type { Step, Story } from '#bin/story/story'

const REASONS = [
  '第 90 页：坑边限载只有数值，没有现场标志和专人指挥，应补充（建质规〔2024〕5号）',
  '第 90 页：夜间施工没有警示措施，应补充',
]
export const REGISTRATION = { head: '', chief: '45012345' }

/** A reviewer opens the plan from the day's work, goes through the list and signs. */
export async function approve(story: Story, key: 'head' | 'chief', shot: string | null): Promise<void> {
  const page = await story.page(key)
  await page.goto(`/plans/${story.ids.planId}/review`)
  await page.getByRole('group', { name: '审查意见' }).getByText('同意', { exact: true }).click()
  if (REGISTRATION[key]) await page.getByLabel('执业印章注册号').fill(REGISTRATION[key])
  await tickAll(page)
  if (shot) await story.shot(key, shot)
  await page.getByRole('button', { name: '确认并签名' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '确认并签名' }).click()
  await page.getByText('已签署，施工单位已收到通知').waitFor()
}

export const APPROVALS: Step[] = [
  {
    step: '3a-technical-head',
    who: 'head',
    what: '施工单位技术负责人审核并签名',
    run: async (story) => {
      await story.at(0, '14:00')
      const page = await story.page('head')
      await page.goto('/home')
      await page.getByText('审核方案').first().waitFor()
      await story.shot('head', 'home')
      await approve(story, 'head', 'review')
      story.rule('PLAN-3', '施工单位审核签署')
    },
  },
  {
    step: '3b-returned',
    who: 'chief',
    what: '总监退回，写明两条原因',
    run: async (story) => {
      await story.at(0, '16:30')
      const page = await story.page('chief')
      await page.goto(`/plans/${story.ids.planId}/review`)
      await page.getByRole('group', { name: '审查意见' }).getByText('退回修改', { exact: true }).click()
      await page.getByLabel('退回原因').fill(REASONS.join('\n'))
      await story.shot('chief', 'return')
      await page.getByRole('button', { name: '退回方案' }).click()
      await page.getByText('已退回，施工单位已收到原因').waitFor()
      const mine = await story.page('organiser')
      await mine.goto(`/plans/${story.ids.planId}`)
      await mine.getByText(REASONS[0]!).first().waitFor()
      await story.shot('organiser', 'returned')
      story.rule('PLAN-3', `监理退回：${REASONS.join('；')}`)
    },
  },
  {
    step: '3c-resubmit',
    who: 'organiser',
    what: '按原因修改，上传新版本，看两版差别，再送审',
    run: async (story) => {
      await story.at(1, '08:40')
      const file = join(story.out, 'plan-v1.pdf')
      writeFileSync(file, await storyPlan('returned'))
      const page = await story.page('organiser')
      await page.goto(`/plans/${story.ids.planId}`)
      await page.getByLabel('这一版改了什么').fill('按总监意见补充坑边限载标志、指挥和夜间警示')
      await upload(page, file, '上传新版本')
      await page.getByText('V2 已固定并存证').first().waitFor({ timeout: 120_000 })
      await page.goto(`/plans/${story.ids.planId}/compare?from=1&to=2`)
      await page.getByText(/V1 到 V2：\d+ 处页面有改动/).waitFor()
      story.rule('PLAN-4', await page.getByText(/V1 到 V2：/).innerText())
      await story.shot('organiser', 'compare')
      await page.goto(`/plans/${story.ids.planId}`)
      await page.getByRole('button', { name: '完成自查，送审' }).click()
      await page.getByText('已送施工单位技术负责人审核').waitFor()
    },
  },
  {
    step: '3d-both-approve',
    who: 'head chief',
    what: '技术负责人、总监审查新版本并签名',
    run: async (story) => {
      await approve(story, 'head', null)
      await approve(story, 'chief', 'review')
      story.rule('PLAN-3', '监理审查签署，执业印章注册号 45012345')
      await story.leave('head', 'chief')
    },
  },
  {
    step: '3e-submit',
    who: 'organiser',
    what: '声明与现场相符，提出拟开会时间，申请论证',
    run: async (story) => {
      await story.at(1, '09:30')
      const page = await story.page('organiser')
      await page.goto(`/plans/${story.ids.planId}/organise`)
      await page.getByRole('textbox', { name: /^拟开会时间/ }).fill(story.field(4, '09:00'))
      await page.getByRole('checkbox', { name: '方案与工程现场实际情况相符' }).check()
      await story.shot('organiser', 'submit')
      await page.getByRole('button', { name: '申请论证' }).click()
      await page.getByText(/已申请，论证编号/).waitFor()
      story.ids.reviewNumber = /论证编号\s*(\S+)/.exec(
        await page.getByText(/已申请，论证编号/).innerText()
      )?.[1]
      await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
      await story.shot('organiser', 'submitted')
    },
  },
]
