import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { MEMBERS } from '#bin/story/steps/07_meeting'
import type { Step, Story } from '#bin/story/story'

async function download(page: Page, name: string | RegExp, file: string): Promise<void> {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
  await saved.saveAs(file)
}

async function openSigning(story: Story, key: string): Promise<Page> {
  const page = await story.page(key)
  await page.goto(`/reports/${story.ids.reportId}/sign`)
  await page.getByText('屏上文件与平台签章的文件逐字节一致').waitFor({ timeout: 60_000 })
  return page
}

/** The signer's own key, made in their own browser after their password. */
async function enrol(story: Story, key: string, page: Page): Promise<void> {
  const again = page.getByRole('button', { name: '在本机重新申领' })
  const first = page.getByRole('button', { name: '申领签名密钥' })
  await page.getByLabel('登录密码', { exact: true }).fill(story.passwordOf(story.role(key).mobile))
  await first.or(again).click()
  await page.getByText('密钥在本机，只有本机能用').waitFor()
}

/** Writes the name by hand, as far as a mouse can. */
async function writeByHand(page: Page): Promise<void> {
  const pad = page.locator('canvas[aria-label^="手写签名区"]')
  await pad.scrollIntoViewIfNeeded()
  const box = (await pad.boundingBox())!
  for (const [x, y, dx, dy] of [
    [0.2, 0.3, 0.15, 0.4],
    [0.4, 0.25, -0.08, 0.5],
    [0.5, 0.35, 0.25, 0.05],
    [0.62, 0.2, 0.02, 0.6],
  ] as const) {
    await page.mouse.move(box.x + box.width * x, box.y + box.height * y)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * (x + dx), box.y + box.height * (y + dy), { steps: 8 })
    await page.mouse.up()
  }
}

async function confirm(page: Page): Promise<void> {
  await page.getByRole('button', { name: '确认并签名' }).click()
  await page
    .getByText(/^(您已签名|全部专家已签，报告已签发)$/)
    .first()
    .waitFor({ timeout: 120_000 })
}

export const REPORT: Step[] = [
  {
    step: '9a-certify',
    who: 'experts',
    what: '组长核对正文，生成报告，平台电子签章和时间戳',
    run: async (story) => {
      await story.at(4, '11:50')
      const page = await story.page('A')
      await page.goto(`/reviews/${story.ids.reviewId}/report`)
      await page.waitForURL(/\/reports\/[0-9a-f-]{36}$/)
      story.ids.reportId = page.url().split('/').at(-1)
      await page.getByRole('heading', { name: '核对论证报告' }).waitFor()
      await story.shot('A', 'report-writing', { full: true })
      await page.getByRole('button', { name: '生成报告' }).click()
      await page.getByRole('heading', { name: '论证报告签署中' }).waitFor({ timeout: 120_000 })
      await download(page, /下载报告/, join(story.out, 'report-before-signing.pdf'))
      await story.shot('A', 'report-certified')
      story.rule('REP-1', '一次论证一份报告，附核验码')
    },
  },
  {
    step: '9b-signs',
    who: 'experts',
    what: '一名专家申领密钥，手写，签名',
    run: async (story) => {
      const page = await openSigning(story, 'B')
      await story.shot('B', 'sign-no-key')
      await enrol(story, 'B', page)
      await writeByHand(page)
      await story.shot('B', 'sign')
      await confirm(page)
      await story.shot('B', 'signed')
      story.rule('REP-2', '密钥在签名人本机生成，签名前核对所见即所签')
    },
  },
  {
    step: '9c-lost-key',
    who: 'experts',
    what: '一人申领后丢了密钥，重新申领，再签',
    run: async (story) => {
      await enrol(story, 'C', await openSigning(story, 'C'))
      // Another browser: the key stayed in the one that is gone.
      await story.leave('C')
      const page = await openSigning(story, 'C')
      await page.getByText('密钥不在本机：换了设备，或浏览器清除了数据').waitFor()
      await story.shot('C', 'sign-lost-key')
      await enrol(story, 'C', page)
      await confirm(page)
      story.rule('REP-2', '丢失的密钥作废，重新申领后签名')
    },
  },
  {
    step: '9d-at-once',
    who: 'experts',
    what: '两人同时签名，一人在手机上',
    run: async (story) => {
      const laptop = await openSigning(story, 'D')
      const phone = await story.page('E')
      await phone.setViewportSize({ width: 390, height: 844 })
      await openSigning(story, 'E')
      await enrol(story, 'D', laptop)
      await enrol(story, 'E', phone)
      await story.shot('E', 'sign-phone')
      await Promise.all([confirm(laptop), confirm(phone)])
      await story.shot('E', 'signed-phone')
      story.rule('REP-2', '两人同时确认，先后写入，都签成')
    },
  },
  {
    step: '9e-issued',
    who: 'experts',
    what: '组长最后签，报告自动签发',
    run: async (story) => {
      const page = await openSigning(story, 'A')
      await enrol(story, 'A', page)
      await confirm(page)
      await page.getByText('全部专家已签，报告已签发').waitFor({ timeout: 60_000 })
      await story.shot('A', 'issued')
      for (const letter of MEMBERS.slice(1)) await story.leave(letter)
    },
  },
  {
    step: '10a-download',
    who: 'organiser',
    what: '施工单位一键下载报告',
    run: async (story) => {
      const page = await story.page('organiser')
      await page.goto(`/reports/${story.ids.reportId}`)
      await page.getByRole('heading', { name: '论证报告已签发' }).waitFor()
      await download(page, /下载报告/, join(story.out, 'report.pdf'))
      const code = await page.getByRole('link', { name: '核验' }).first().getAttribute('href')
      story.ids.code = code!.split('/').at(-1)
      await story.shot('organiser', 'report')
    },
  },
  {
    step: '10b-passer-by',
    who: 'visitor',
    what: '路人凭核验码查到报告，拖入文件核验为有效',
    run: async (story) => {
      const page = await story.visitor('visitor')
      await page.goto('/verify')
      await page.getByLabel('核验码').fill(story.ids.code)
      await page.getByRole('button', { name: '核验', exact: true }).click()
      await page.getByText('核验码对应的报告已签发').waitFor()
      await story.shot('visitor', 'verify-by-code', { phone: true })
      await page.goto('/verify')
      await dropFile(page, join(story.out, 'report.pdf'))
      await page.getByText('报告有效，签署后未被改动').waitFor({ timeout: 60_000 })
      await page.getByText('与平台登记的正式报告逐字节一致').waitFor()
      await story.shot('visitor', 'verify-genuine', { phone: true })
    },
  },
  {
    step: '10c-tampered',
    who: 'visitor',
    what: '改过的副本被指出，不能作为报告使用',
    run: async (story) => {
      const bytes = readFileSync(join(story.out, 'report.pdf'))
      bytes[Math.floor(bytes.length / 4)]! ^= 1
      const file = join(story.out, 'report-tampered.pdf')
      writeFileSync(file, bytes)
      const page = await story.visitor('visitor')
      await page.goto('/verify')
      await dropFile(page, file)
      await page.getByText('报告已被改动').waitFor({ timeout: 60_000 })
      await story.shot('visitor', 'verify-tampered', { phone: true })
      story.rule('REP-7', '一个字节的改动被指出')
    },
  },
]

/** Drops a file on the page, as from the desktop. */
async function dropFile(page: Page, file: string): Promise<void> {
  const bytes = readFileSync(file).toString('base64')
  const transfer = await page.evaluateHandle((base64) => {
    const data = new DataTransfer()
    const raw = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
    data.items.add(new File([raw], '论证报告.pdf', { type: 'application/pdf' }))
    return data
  }, bytes)
  const target = page.getByText('选择 PDF 文件').first()
  await target.waitFor()
  for (const type of ['dragenter', 'dragover', 'drop'])
    await target.dispatchEvent(type, { dataTransfer: transfer })
}
