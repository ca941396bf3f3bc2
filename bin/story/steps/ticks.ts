import type { Page } from 'playwright-core'

/** Pages where the plan answers the items of the list, by their group. */
const PAGE_OF_GROUP: Record<string, number> = { 一: 44, 二: 58 }

/** Goes down the severe-defects list as a reviewer does: none, with the page. Returns how many items there were. */
export async function tickAll(page: Page): Promise<number> {
  const groups = page.getByRole('group', { name: /^清单 / })
  await groups.first().waitFor()
  const count = await groups.count()
  for (let at = 0; at < count; at += 1) {
    const group = groups.nth(at)
    const item = (await group.locator('legend').innerText()).replace('清单', '').trim()
    await group.getByText('无此缺陷', { exact: true }).click()
    const field = page.getByLabel(`${item} 所在页`, { exact: true })
    await field.fill(String(PAGE_OF_GROUP[item[0]!] ?? 44))
    await field.press('Tab')
  }
  return count
}
