import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { storyPlan } from '#bin/story/plan/plan_pdf'
import { CHAPTERS } from '#bin/story/plan/texts'
import { uploadWithCut } from '#bin/story/steps/upload'
import { tickAll } from '#bin/story/steps/ticks'
import type { Step } from '#bin/story/story'

const NAME = '五象湖 A-07 地块深基坑工程专项施工方案'
const FIELDS = {
  方案名称: NAME,
  工程: '五象湖 A-07 地块商住项目',
  工程地点: '五象湖北侧 A-07 地块',
  施工许可证号或监督编号: 'DEMO-4501-2026-A07',
  '工程概况 （选填）':
    '基坑开挖深度 13.8 m，排桩加三道内支撑，坑外设截水帷幕；北侧 4.2 m 处有 DN600 中压燃气管一条。场地为邕江二级阶地，坑底位于泥岩，圆砾层富水。',
}
const PARTIES: Record<string, [string, string, string] | null> = {
  建设: ['澄湖城市开发有限公司', '梁澄', '19900000005'],
  勘察: ['桂岩勘测设计院有限公司', '𠮷田和也', '19900000007'],
  设计: ['澜图建筑设计研究院', '何澜', '19900000006'],
  施工总承包: ['', '韦承志', '19900000002'],
  分包: ['固远基础工程有限公司', '蓝启钧', '19900000018'],
  监理: ['衡规工程监理咨询有限公司', '陆文涛', '19900000003'],
  监测: null,
  论证机构: null,
}
/** First and last pages of the six drawings that 48 asks of a pit, in the order of the page. */
const DRAWING_PAGES = [172, 173, 174, 175, 176, 177]

async function assess(page: Page): Promise<string> {
  await page.goto('/plans')
  await page.getByRole('link', { name: '新建方案' }).first().click()
  await page.getByLabel('类别', { exact: true }).selectOption('PIT')
  await page.getByLabel('开挖深度').fill('13.8')
  await page.getByLabel('邻近管线或建筑').fill('DN600 燃气管')
  await page.getByLabel('与坑边距离').fill('4.2')
  const verdict = page.getByText('应当组织专家论证')
  await verdict.waitFor()
  return page
    .getByRole('region', { name: '是否需要论证' })
    .or(page.locator('section', { hasText: '是否需要论证' }))
    .first()
    .innerText()
}

async function nameParties(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '参建各方' }).waitFor()
  for (const [title, party] of Object.entries(PARTIES)) {
    const group = page.getByRole('group', { name: new RegExp(title) }).first()
    if (!party) {
      await group.getByRole('checkbox', { name: '尚未委托' }).check()
      continue
    }
    const [organisation, lead, mobile] = party
    if (organisation) await group.getByLabel('单位全称').fill(organisation)
    await group.getByLabel('负责人').fill(lead)
    await group.getByLabel('手机号').fill(mobile)
  }
}

async function typePages(page: Page): Promise<void> {
  for (const { title, from, to } of CHAPTERS) {
    await page.getByLabel(`${title}：起始页`).fill(String(from))
    await page.getByLabel(`${title}：结束页`).fill(String(to))
  }
  const drawings = page.getByRole('list').filter({ has: page.getByLabel(/总平面.*：起始页/) })
  const firsts = drawings.getByLabel(/：起始页$/)
  for (let at = 0; at < (await firsts.count()); at += 1) {
    const number = String(DRAWING_PAGES[at] ?? 178)
    await firsts.nth(at).fill(number)
    await drawings
      .getByLabel(/：结束页$/)
      .nth(at)
      .fill(number)
  }
}

export const PLAN: Step[] = [
  {
    step: '2a-assess',
    who: 'organiser',
    what: '填写深基坑 13.8 m 和燃气管，系统判定须论证并写明条款',
    run: async (story) => {
      await story.at(0, '09:00')
      const page = await story.page('organiser')
      const verdict = await assess(page)
      story.rule('PLAN-1', verdict)
      await story.shot('organiser', 'assessment')
      for (const [label, text] of Object.entries(FIELDS)) {
        const field = page.getByLabel(label.replace(' （选填）', ''), { exact: !label.includes('选填') })
        await field.first().fill(text)
      }
      await page.getByLabel('工程部位').fill('深基坑')
      await page.getByRole('button', { name: '建立方案' }).click()
      await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
      await page.getByRole('heading', { name: NAME }).waitFor()
      story.ids.planId = page.url().split('/').at(-1)
      await story.shot('organiser', 'plan-lacking')
    },
  },
  {
    step: '2b-parties',
    who: 'organiser',
    what: '填写参建各方和负责人，监测、论证机构尚未委托',
    run: async (story) => {
      const page = await story.page('organiser')
      await page.goto(`/plans/${story.ids.planId}/parties`)
      await nameParties(page)
      await story.shot('organiser', 'parties', { full: true })
      await page.getByRole('button', { name: '保存', exact: true }).click()
      await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
      story.rule('PLAN-5', '参建各方已具名，两方尚未委托')
    },
  },
  {
    step: '2c-upload',
    who: 'organiser',
    what: '上传 186 页方案，中途断网，联网后续传',
    run: async (story) => {
      const file = join(story.out, 'plan-v0.pdf')
      writeFileSync(file, await storyPlan('first'))
      const page = await story.page('organiser')
      await page.goto(`/plans/${story.ids.planId}`)
      await uploadWithCut(story, page, file, '上传方案 PDF')
      await page.getByText('V1 已固定并存证').first().waitFor({ timeout: 120_000 })
      story.rule('PLAN-4', 'V1 已固定并存证')
      await story.shot('organiser', 'uploaded')
    },
  },
  {
    step: '2d-content',
    who: 'organiser',
    what: '注明九章和附图所在页，逐项自查严重缺陷清单',
    run: async (story) => {
      const page = await story.page('organiser')
      await page.goto(`/plans/${story.ids.planId}/content`)
      await page.getByRole('heading', { name: '章节与自查' }).waitFor()
      await typePages(page)
      const count = await tickAll(page)
      await page.getByText(/^已存/).waitFor()
      await story.shot('organiser', 'self-check')
      await page.getByRole('link', { name: '回到方案' }).click()
      await page.getByRole('heading', { name: NAME }).waitFor()
      story.rule('PLAN-7', `编制环节自查 ${count} 项，无严重缺陷`)
      await story.shot('organiser', 'plan-complete', { full: true })
      await page.getByRole('button', { name: '完成自查，送审' }).click()
      await page.getByText('已送施工单位技术负责人审核').waitFor()
    },
  },
]
