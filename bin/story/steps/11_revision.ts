import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storyPlan } from '#bin/story/plan/plan_pdf'
import { NAMED_PAGES } from '#bin/story/plan/texts'
import { approve } from '#bin/story/steps/03_approvals'
import { OPINIONS } from '#bin/story/steps/06_pre_review'
import type { Step } from '#bin/story/story'

export const REVISION: Step[] = [
  {
    step: '11a-answers',
    who: 'organiser',
    what: '逐条回复，写明怎样改、改在第几页，上传修改后的方案',
    run: async (story) => {
      await story.at(7, '09:00')
      const page = await story.page('organiser')
      await page.goto('/home')
      await page
        .getByRole('heading', { level: 1 })
        .or(page.getByRole('heading', { level: 2 }))
        .first()
        .waitFor()
      await story.shot('organiser', 'home-answers')
      await page.goto(`/revisions/${story.ids.reviewId}`)
      await page.getByRole('heading', { name: '修改后的方案' }).waitFor()
      const file = join(story.out, 'plan-v2.pdf')
      writeFileSync(file, await storyPlan('revised'))
      await page.getByLabel('这一版改了什么').fill('按论证意见逐条修改')
      await page.getByLabel('上传新版本').setInputFiles(file)
      await page.getByText(/^V3 已上传，共 186 页$/).waitFor({ timeout: 120_000 })
      const items = page.getByRole('listitem').filter({ has: page.locator('.said') })
      for (let at = 0; at < (await items.count()); at += 1) {
        const item = items.nth(at)
        const text = await item.innerText()
        const opinion = OPINIONS.find((one) => text.includes(one.requirement.slice(0, 12)))!
        const taken = item.getByRole('group', { name: '是否采纳' })
        if (await taken.count()) await taken.getByText('采纳', { exact: true }).click()
        await item.getByLabel('修改情况').fill(NAMED_PAGES[opinion.page]!.revised.join(''))
        await item.getByLabel('所在页码').fill(String(opinion.page))
        await item.getByLabel('所在页码').press('Tab')
      }
      await story.shot('organiser', 'answers', { full: true })
      await page.getByRole('button', { name: '提交组长审查' }).click()
      await page.getByRole('heading', { name: '等待组长填写审查意见' }).waitFor()
      story.rule('REP-3', `${await items.count()} 条逐条回复，修改稿 V3`)
    },
  },
  {
    step: '11b-filing',
    who: 'organiser',
    what: '会后三天内资料传齐',
    run: async (story) => {
      const page = await story.page('organiser')
      await page.goto(`/revisions/${story.ids.reviewId}/filing`)
      await page.getByRole('heading', { name: /资料已传齐/ }).waitFor()
      story.rule('REP-5', await page.getByRole('heading', { level: 1 }).innerText())
      await story.shot('organiser', 'filing', { full: true })
    },
  },
  {
    step: '11c-leader-opinion',
    who: 'experts',
    what: '组长对照改动逐条审查，填写审查意见，同意',
    run: async (story) => {
      await story.at(8, '10:00')
      const page = await story.page('A')
      await page.goto(`/revisions/${story.ids.reviewId}`)
      await page.getByRole('heading', { name: '填写审查意见' }).first().waitFor()
      const judged = page.getByRole('group', { name: '这一条' })
      for (let at = 0; at < (await judged.count()); at += 1)
        await judged.nth(at).getByText('已改好', { exact: true }).click()
      await page
        .getByRole('textbox', { name: '审查意见' })
        .fill('修改稿已按论证意见逐条修改完善，计算和图纸齐全，可作为监理审查的依据。')
      await story.shot('A', 'leader-opinion', { full: true })
      await page.getByRole('button', { name: '同意', exact: true }).click()
      await page.getByRole('heading', { name: '组长已同意，等待审核、审查' }).waitFor()
      story.rule('REP-3', '组长审查意见：同意')
      await story.leave('A')
    },
  },
  {
    step: '12a-reviewed-again',
    who: 'head chief',
    what: '修改稿再经施工单位审核、监理审查',
    run: async (story) => {
      await story.at(8, '14:00')
      await approve(story, 'head', null)
      await story.at(8, '16:00')
      await approve(story, 'chief', null)
      story.rule('PLAN-3', '修改稿审核、审查签署')
      await story.leave('head', 'chief')
    },
  },
  {
    step: '12b-site-code',
    who: 'organiser visitor',
    what: '现场扫码：修改稿可以施工，论证的那一版不得施工',
    run: async (story) => {
      const page = await story.page('organiser')
      await page.goto(`/plans/${story.ids.planId}`)
      await page
        .getByText(/^现场码/)
        .first()
        .waitFor()
      await story.shot('organiser', 'implementable', { full: true })
      await page.goto(`/revisions/${story.ids.reviewId}`)
      await page.getByRole('heading', { name: 'V3 可以施工' }).waitFor()
      const href = await page.locator('a[href^="/site/"]').first().getAttribute('href')
      const site = await story.visitor('site', true)
      await site.goto(href!)
      await site.getByText('可按此方案施工', { exact: true }).first().waitFor()
      await story.shot('site', 'may-be-built')
      story.rule('REP-6', 'V3：可按此方案施工')
      const plan = await (await page.request.get(`/api/plans/${story.ids.planId}`)).json()
      const earlier = plan.versions.find((one: { number: number }) => one.number === 2)
      await site.goto(`/site/${earlier.siteCode}`)
      await site.getByText('不得按此方案施工', { exact: true }).first().waitFor()
      await story.shot('site', 'must-not-be-built')
      story.rule('REP-6', 'V2：不得按此方案施工')
    },
  },
]
