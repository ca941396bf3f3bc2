import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { verifyDrawEvidenceText } from '#lib/draw/verify_evidence'
import { parseVerifierKey } from '#lib/tlog/keys'
import type { Step, Story } from '#bin/story/story'

const SPEC = fileURLToPath(new URL('../../../docs/draw/SPEC.md', import.meta.url))

/** Saves the evidence by its button, as anybody with sight of the draw can. */
async function saveEvidence(story: Story, key: string, file: string): Promise<void> {
  const page = await story.page(key)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '证据文件' }).click(),
  ])
  await download.saveAs(file)
}

/** Recomputes the draw outside the application, with the keys that it publishes. */
export async function recompute(story: Story, file: string): Promise<string> {
  const keys = await (await fetch(`${story.url}/api/public/draw-keys`)).json()
  writeFileSync(join(story.out, 'draw', 'keys.json'), `${JSON.stringify(keys, null, 2)}\n`)
  const ledgerKeys = (keys.ledgerKeys as string[])
    .map(parseVerifierKey)
    .flatMap((key) => (key.ok ? [key.value] : []))
  const outcome = verifyDrawEvidenceText(readFileSync(file, 'utf8'), { ...keys, ledgerKeys })
  const wrong = outcome.checks.filter((check) => !check.ok).map((check) => check.code)
  if (outcome.verdict !== 'genuine') throw new Error(`The draw is ${outcome.verdict}: ${wrong.join(', ')}`)
  return `${outcome.checks.length} 项核对一致`
}

export const DRAW: Step[] = [
  {
    step: '4a-before-the-draw',
    who: 'organiser',
    what: '看按什么条件抽取',
    run: async (story) => {
      await story.at(1, '09:50')
      const page = await story.page('organiser')
      await page.goto('/draws')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await story.shot('organiser', 'draws')
      await page.getByRole('link', { name: '开始抽取' }).click()
      await page.getByRole('button', { name: '开始抽取' }).waitFor()
      story.ids.reviewId = /start\/([0-9a-f-]{36})/.exec(page.url())?.[1]
      story.rule('DRAW-1', await page.locator('dl.rules').innerText())
      await story.shot('organiser', 'draw-start')
    },
  },
  {
    step: '4b-draw',
    who: 'organiser authority',
    what: '组织单位开始抽取，住建局同时在线观看，十人抽出',
    run: async (story) => {
      const page = await story.page('organiser')
      const watching = await story.page('authority')
      await page.getByRole('button', { name: '开始抽取' }).click()
      await page.waitForURL(/\/draws\/[0-9a-f-]{36}\/live$/)
      story.ids.drawId = page.url().split('/').at(-2)
      await watching.goto(`/draws/${story.ids.drawId}/live`)
      for (const one of [watching, page])
        await one.getByRole('heading', { name: '十人已抽出' }).waitFor({ timeout: 60_000 })
      await story.shot('organiser', 'draw-live', { full: true })
      await story.shot('authority', 'draw-live')
      story.rule('DRAW-8', await page.locator('section', { hasText: '可抽专家名单' }).first().innerText())
      story.rule('DRAW-9', '名单先固定，两方随机数，十人抽出')
    },
  },
  {
    step: '4c-evidence',
    who: 'organiser visitor',
    what: '保存证据文件，在平台之外重算；公众只看到编号和指纹',
    run: async (story) => {
      const page = await story.page('organiser')
      await page.goto(`/draws/${story.ids.drawId}`)
      await page.getByText('抽出的十人').first().waitFor()
      story.ids.drawNumber =
        (await page
          .getByText(/^\S*-?\d{4}-\d+$/)
          .first()
          .innerText()
          .catch(() => '')) || ''
      mkdirSync(join(story.out, 'draw'), { recursive: true })
      const file = join(story.out, 'draw', 'evidence.json')
      await saveEvidence(story, 'organiser', file)
      copyFileSync(SPEC, join(story.out, 'draw', 'SPEC.md'))
      story.rule('DRAW-9', await recompute(story, file))
      await page.getByRole('button', { name: '重算' }).click()
      await page.getByText('名单可以复算，结果一致').waitFor()
      await story.shot('organiser', 'draw-ten', { full: true })
      const crumb = await page.getByRole('navigation', { name: '位置' }).innerText()
      story.ids.drawNumber = crumb.split('\n').at(-1)?.trim()
      const visitor = await story.visitor('visitor')
      await visitor.goto(`/public/draws/${story.ids.drawNumber}`)
      await visitor.getByText('姓名在论证会结束后公开').first().waitFor()
      await story.shot('visitor', 'draw', { phone: true })
    },
  },
]
