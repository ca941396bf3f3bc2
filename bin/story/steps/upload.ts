import type { Page } from 'playwright-core'
import type { Story } from '#bin/story/story'

/** Picks a file; the line is cut while it is being sent and comes back, and the upload goes on by itself. */
export async function uploadWithCut(story: Story, page: Page, file: string, label: string): Promise<void> {
  let cut = false
  // The first part is lost on its way, as on a weak line: the browser must ask where it was and go on.
  await page.route('**/upload/*', async (route) => {
    if (cut || route.request().method() !== 'PATCH') return route.fallback()
    cut = true
    await page.context().setOffline(true)
    await route.abort('internetdisconnected')
  })
  await page.getByLabel(label).setInputFiles(file)
  await page.getByText('断线了，联网后自动续传').waitFor()
  await story.shot('organiser', 'upload-offline')
  await page.context().setOffline(false)
  await page.unroute('**/upload/*')
}

export async function upload(page: Page, file: string, label: string): Promise<void> {
  await page.getByLabel(label).setInputFiles(file)
}
