import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { openSeat, startBrowser, WIDE } from '#bin/story/browser'
import { formatReceipt } from '#lib/ledger/receipt'
import { enter, keptTables, until } from '#tests/api/ledger/support/log'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { pictured } from '#tests/support/pictures'

/** A passer-by, and the same one after somebody wound the log back. */
test.group('The ledger for anyone, in a real browser', (group) => {
  let app: TestInstance
  let browser: Browser
  group.setup(async () => {
    app = await testInstance()
    browser = await startBrowser()
    return async () => {
      await browser.close()
      await app.stop()
    }
  })
  group.each.timeout(240_000)

  const settled = () =>
    until(async () => {
      const { rows } = await app.sql.query(
        'SELECT h.size FROM ledger_head h JOIN ledger_checkpoints c ON c.size = h.size AND c.cosigned WHERE h.size > 0'
      )
      return rows.length > 0 ? Number(rows[0].size) : null
    })
  const receipt = async (index: number) => {
    const { rows } = await app.sql.query('SELECT size, root FROM ledger_head')
    return { index, size: Number(rows[0].size), root: rows[0].root as string }
  }
  const shot = async (page: Page, name: string) => {
    if ((await pictured(page, `log-${name}`)) !== 0) throw new Error(`${name} scrolls sideways`)
  }

  test('checks on this device; a receipt is in; what a later visit finds', async ({ assert }) => {
    await settled()
    const paper = await receipt(7)
    await enter(app, 2)
    await settled()
    const { context, page, complaints } = await openSeat(browser, app.url)
    await page.setViewportSize(WIDE)
    await page.goto(`/log?receipt=${formatReceipt(paper)}`)
    await page.getByRole('heading', { level: 1, name: '回执仍在日志里' }).waitFor()
    await page.getByText('仍在日志里，未被改动').waitFor()
    await page.getByText('更多：').click()
    await page.getByRole('link', { name: /^\d{4}-\d\d-\d\d\.tsr$/ }).waitFor()
    await shot(page, 'receipt-in')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '保存当前检查点' }).click()
    const kept = readFileSync(await (await download).path(), 'utf8')
    await enter(app, 1)
    await settled()
    await page.goto('/log')
    await page.getByText('自您上次来访以来只增不改').waitFor()
    await page.getByLabel('您留存的检查点').fill(kept)
    await page.getByRole('button', { name: '核对检查点' }).click()
    await page.getByText('一致：只增加，没有改动').waitFor()
    await page.getByLabel('您留存的检查点').fill(kept.replace('\n\n', '\n'))
    await page.getByRole('button', { name: '核对检查点' }).click()
    await page.getByText('读不出检查点').waitFor()
    await page.getByLabel('存证回执').fill(formatReceipt({ ...paper, root: 'ab'.repeat(32) }))
    await page.getByRole('button', { name: '核对回执' }).click()
    await page.getByText('日志的前段与回执不同').waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  test('a log wound back and gone on from, with its keys and no witness: the visitor knows', async ({
    assert,
  }) => {
    await settled()
    const { context, page } = await openSeat(browser, app.url)
    const restore = await keptTables(app.sql)
    const { varDir } = app.instance.options
    const apart = join(varDir, 'ledger-head')
    cpSync(apart, `${apart}.before`, { recursive: true })
    await enter(app, 3)
    await settled()
    const paper = await receipt((await settled()) - 1)
    await page.goto('/log')
    await page.getByRole('heading', { level: 1, name: '日志有效，监督端已联署' }).waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '保存当前检查点' }).click()
    const kept = readFileSync(await (await download).path(), 'utf8')
    // The operator owns database, head and signing key, and cuts the witness off.
    await app.instance.stopApp()
    await app.instance.stopWitness()
    await restore()
    rmSync(apart, { recursive: true })
    renameSync(`${apart}.before`, apart)
    await app.instance.startApp()
    await enter(app, 8)
    await until(async () => {
      const { rows } = await app.sql.query('SELECT max(size) AS size FROM ledger_checkpoints')
      return Number(rows[0].size) > paper.size ? true : null
    })
    await page.goto(`/log?receipt=${formatReceipt(paper)}`)
    await page.getByRole('heading', { level: 1, name: '日志核对不通过' }).waitFor()
    await page.getByText('与您上次来访所见不同：被退回或改写').waitFor()
    await page.getByText('监督端没有联署').waitFor()
    await page.getByText('日志的前段与回执不同').waitFor()
    await page.getByLabel('您留存的检查点').fill(kept)
    await page.getByRole('button', { name: '核对检查点' }).click()
    await page.getByText('日志不是您那个检查点的延续').waitFor()
    await shot(page, 'rewritten')
    await app.instance.startWitness()
    await app.instance.stopApp()
    await app.instance.startApp()
    await until(async () => ((await fetch(`${app.url}/health`)).status === 503 ? true : null))
    await page.goto('/log')
    await page.getByRole('heading', { level: 1, name: '日志已停止签名' }).waitFor()
    await page.getByText('与监督端见过的日志不同').waitFor()
    await shot(page, 'stopped')
    assert.isAbove(paper.index, 0)
    await context.close()
  })
})
