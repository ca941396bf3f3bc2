import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import { chromium, type Browser, type Page } from 'playwright-core'
import { buildFrontend } from '#bin/platform/build_frontend'
import { canonicalJson } from '#lib/canonical_json'
import { evidenceOf, TRUST } from '#tests/unit/draw_lib/support/fixtures'
import { signedReport } from '#tests/unit/verify/support/report_alterations'
import { toPem } from '#lib/pki/pem'
import { formatVerifierKey } from '#lib/tlog/keys'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FILE = `${ROOT}frontend/build/offline-verifier.html`
const MOST_BYTES = 600_000

test.group('The offline verifier, opened from a disk without a network', (group) => {
  let browser: Browser
  let page: Page
  const asked: string[] = []
  group.setup(async () => {
    await buildFrontend(ROOT)
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    const context = await browser.newContext({ locale: 'zh-CN', offline: true })
    page = await context.newPage()
    page.on('request', (request) => asked.push(request.url()))
    page.on('pageerror', (error) => asked.push(String(error)))
    await page.goto(`file://${FILE}`)
    return () => browser.close()
  })
  group.each.timeout(120_000)

  const json = (name: string, value: unknown) => file(name, Buffer.from(canonicalJson(value)))
  const file = (name: string, buffer: Buffer) => {
    return { name, mimeType: 'application/octet-stream', buffer }
  }
  const verdicts = async (count: number) => {
    await page.locator(`article:nth-of-type(${count})`).waitFor()
    return page.locator('article h2').allInnerTexts()
  }

  test('is one small file that asks for nothing', ({ assert }) => {
    assert.isBelow(statSync(FILE).size, MOST_BYTES)
    assert.notMatch(readFileSync(FILE, 'utf8'), /<(link|img|iframe)\b|src=/)
  })

  test('without keys: consistent, but not whose; an altered one is refused with the step that fails', async ({
    assert,
  }) => {
    const evidence = evidenceOf({ leaving: [3] })
    const altered = { ...evidence, rules: { ...evidence.rules, maxPerEmployer: 9 } }
    await page.setInputFiles('#files', [json('draw.json', evidence), json('altered.json', altered)])
    const [first, second] = await verdicts(2)
    assert.match(first!, /不知出自何人/)
    assert.match(second!, /^不真实/)
    const failing = page.locator('article:nth-of-type(2) li.fails')
    assert.match(await failing.first().innerText(), /\[rules_hash\]/)
    await failing.first().locator('summary').click()
    assert.match(await failing.first().locator('details').innerText(), /\/rules .*SHA-256 [0-9a-f]{4} /)
  })

  test('with pinned keys and roots: genuine; report and draw side by side', async ({ assert }) => {
    const { signing, signed } = await signedReport()
    const flipped = Buffer.from(signed)
    flipped[Math.floor(flipped.length / 3)]! ^= 4
    await page.setInputFiles('#keys', [
      file('root.pem', Buffer.from(toPem('CERTIFICATE', signing.authority.root.certificate))),
      json('server.json', { party: 'server', vrfKey: TRUST.serverVrfKeys[0] }),
      json('witness.json', { party: 'witness', vrfKey: TRUST.witnessVrfKeys[0] }),
      file('ledger.vkey', Buffer.from(TRUST.ledgerKeys.map(formatVerifierKey).join('\n'))),
    ])
    await page.setInputFiles('#files', [
      file('report.pdf', Buffer.from(signed)),
      json('draw.json', evidenceOf({ leaving: [3, 7] })),
      file('flipped.pdf', flipped),
      file('nothing.bin', Buffer.from('nothing')),
    ])
    const found = await verdicts(4)
    assert.match(found[0]!, /^真实/)
    assert.match(found[1]!, /^真实/)
    assert.match(found[2]!, /^不真实/)
    assert.match(found[3]!, /^无法读取/)
  })

  test('the same in English, and nothing was asked of any network', async ({ assert }) => {
    await page.getByRole('button', { name: 'English' }).click()
    assert.match((await verdicts(4))[0]!, /^Genuine/)
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
    assert.deepEqual(
      asked.filter((url) => !url.startsWith('file:')),
      []
    )
  })

  test('its own policy lets nothing out, even what a script would try', async ({ assert }) => {
    const sent = await page.evaluate(async () => {
      return fetch('data:text/plain,x').then(
        () => 'sent',
        () => 'refused'
      )
    })
    assert.equal(sent, 'refused')
  })
})
