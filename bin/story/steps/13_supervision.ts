import type { Step } from '#bin/story/story'

export const SUPERVISION: Step[] = [
  {
    step: '13a-inspection',
    who: 'authority',
    what: '住建局凭检查编号打开录像',
    run: async (story) => {
      await story.at(9, '10:00')
      const page = await story.page('authority')
      await page.goto('/supervision')
      await page.getByRole('link', { name: /五象湖 A-07/ }).waitFor()
      await story.shot('authority', 'meetings')
      await page.getByRole('link', { name: /五象湖 A-07/ }).click()
      await page.getByLabel('检查编号').fill('CC-2026-11')
      await page.getByLabel('事由').fill('季度随机抽查')
      await story.shot('authority', 'inspection')
      await page.getByRole('button', { name: '开始检查' }).click()
      await page
        .getByRole('link', { name: /回看/ })
        .or(page.getByRole('button', { name: /回看/ }))
        .first()
        .waitFor()
      story.rule('MEET-6', '录像只在检查编号下打开，专家已获通知')
    },
  },
  {
    step: '13b-playback',
    who: 'authority',
    what: '点一条意见，听到它被说出的那一秒',
    run: async (story) => {
      const page = await story.page('authority')
      const play = page.getByRole('link', { name: /回看$/ }).or(page.getByRole('button', { name: /回看$/ }))
      if (!page.url().includes('/supervision')) await page.goto(`/supervision/${story.ids.reviewId}`)
      await play
        .last()
        .or(page.getByRole('region', { name: '经过' }))
        .first()
        .waitFor()
      if (!page.url().includes('/playback')) await play.last().click()
      await page.waitForURL(/\/playback/)
      const course = page.getByRole('region', { name: '经过' })
      await course.getByText('意见', { exact: true }).click()
      const opinion = course.locator('[data-subject^="B"]').first()
      await opinion.waitFor()
      const time = (await opinion.locator('.tm').innerText()).trim()
      await opinion.click()
      const slider = page.getByRole('slider', { name: '时间轴' })
      await page.waitForFunction(
        (wanted) =>
          document.querySelector('[role=slider]')?.getAttribute('aria-valuetext')?.startsWith(wanted),
        time
      )
      story.rule('SUP-2', `意见 B 落在 ${await slider.getAttribute('aria-valuetext')}`)
      const videos = page.getByRole('complementary', { name: '画面' }).locator('video')
      if ((await videos.count()) < 3) throw new Error(`${await videos.count()} cameras were recorded`)
      await story.shot('authority', 'playback')
      await page.getByRole('button', { name: '核对摘要' }).click()
      await page.getByText(/\d+ 个文件摘要相符/).waitFor()
      await page.getByPlaceholder('写下看到的事实').fill('提出人当场看第 59 页后撤回严重缺陷，过程完整')
      await page.getByRole('button', { name: '记录', exact: true }).click()
      await course.getByRole('button', { name: /^问题/ }).click()
      await course.getByText('提出人当场看第 59 页后撤回严重缺陷，过程完整').first().waitFor()
      await story.shot('authority', 'finding')
    },
  },
  {
    step: '13c-recomputes',
    who: 'authority',
    what: '重算抽取，结果一致',
    run: async (story) => {
      const page = await story.page('authority')
      await page.goto(`/draws/${story.ids.drawId}`)
      await page.getByRole('button', { name: '重算' }).click()
      await page.getByText('名单可以复算，结果一致').waitFor()
      await page.getByText('名单可以复算，结果一致').scrollIntoViewIfNeeded()
      await story.shot('authority', 'recomputed')
      story.rule('DRAW-9', '监督人员重算，结果一致')
      const visitor = await story.visitor('visitor')
      await visitor.goto(`/public/draws/${story.ids.drawNumber}`)
      await visitor.getByText('论证会已结束，姓名见证据文件').waitFor()
      await story.shot('visitor', 'draw-open')
      story.rule('DRAW-9', '会后姓名公开')
    },
  },
]
