import type { Page } from 'playwright-core'
import { generateSync } from 'otplib'
import { demoTotpSecret } from '#demo/demo_totp'

/** Signs in on the sign-in page; whoever is asked for it also types the code of their authenticator. */
export async function signInByPages(page: Page, mobile: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('手机号', { exact: true }).fill(mobile)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  const second = page.getByLabel('动态码', { exact: true })
  const inside = page.getByRole('navigation', { name: '主导航' }).first()
  await second.or(inside).first().waitFor()
  if (await second.isVisible()) await typeSecondFactor(page, mobile)
  await inside.waitFor()
}

export async function typeSecondFactor(page: Page, mobile: string): Promise<void> {
  await page.getByLabel('动态码', { exact: true }).fill(generateSync({ secret: demoTotpSecret(mobile) }))
  await page.getByRole('button', { name: '核对并登录' }).click()
}

/** The newest message to a number on the demo's page of what went out, as a person reads it there. */
export async function readOutbox(page: Page, mobile: string): Promise<string[]> {
  await page.goto('/demo/outbox')
  await page.getByRole('heading', { name: '发出的消息' }).waitFor()
  const rows = page.getByRole('row').filter({ hasText: mobile })
  await rows.first().waitFor()
  return rows.allInnerTexts()
}
