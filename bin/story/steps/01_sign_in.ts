import { readOutbox, signInByPages, typeSecondFactor } from '#bin/story/sign_in'
import type { Step } from '#bin/story/story'

const NEW_PASSWORD = 'jikeng-13.8-mi-shen'

export const SIGN_IN: Step[] = [
  {
    step: '1a-sign-in',
    who: 'organiser',
    what: '凭手机号和密码登录企业端',
    run: async (story) => {
      const page = await story.visitor('organiser')
      await page.goto('/sign-in')
      await page.getByRole('heading', { name: '登录' }).waitFor()
      await story.shot('organiser', 'sign-in')
      await story.page('organiser')
      await story.shot('organiser', 'home')
      story.rule('ORG-3', '手机号和密码登录')
    },
  },
  {
    step: '1b-reset',
    who: 'organiser',
    what: '用短信码重设密码，旧密码失效',
    run: async (story) => {
      const { mobile } = story.role('organiser')
      const page = await story.visitor('organiser-phone', true)
      await page.goto('/reset')
      await page.getByLabel('手机号', { exact: true }).fill(mobile)
      await page.getByRole('button', { name: '获取短信码' }).click()
      await page.getByRole('status').filter({ hasText: '短信码会在 1 分钟内到达' }).waitFor()
      const outbox = await story.visitor('organiser-sms')
      const [message] = await readOutbox(outbox, mobile)
      const code = /\b\d{6}\b/.exec(message!)?.[0]
      if (!code) throw new Error(`No code in: ${message}`)
      await page.getByLabel('短信码', { exact: true }).fill(code)
      await page.getByLabel('新密码', { exact: true }).fill(NEW_PASSWORD)
      await story.shot('organiser-phone', 'reset')
      await page.getByRole('button', { name: '保存新密码' }).click()
      await page.getByText('密码已设置，用它登录').first().waitFor()
      story.ids.passwords = { ...story.ids.passwords, [mobile]: NEW_PASSWORD }
      await story.leave('organiser-phone', 'organiser-sms', 'organiser')
      await story.page('organiser')
      story.rule('ORG-3', '短信码重设密码后，用新密码登录')
    },
  },
  {
    step: '1c-second-factor',
    who: 'authority centre',
    what: '监督和管理人员登录要第二因素',
    run: async (story) => {
      const { mobile } = story.role('authority')
      const page = await story.visitor('authority')
      await page.goto('/sign-in')
      await page.getByLabel('手机号', { exact: true }).fill(mobile)
      await page.getByLabel('密码', { exact: true }).fill(story.password)
      await page.getByRole('button', { name: '登录', exact: true }).click()
      await page.getByRole('heading', { name: '输入动态码' }).waitFor()
      await story.shot('authority', 'second-factor')
      await typeSecondFactor(page, mobile)
      await page.getByRole('navigation', { name: '主导航' }).first().waitFor()
      story.noteSignedIn('authority')
      const centre = await story.visitor('centre')
      await signInByPages(centre, story.role('centre').mobile, story.password)
      story.noteSignedIn('centre')
      await story.leave('centre')
    },
  },
]
