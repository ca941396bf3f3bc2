/** JavaScript that a first visit transfers (compressed, as served), beside the whole build's. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { report } from '#bin/bench/support/figures'

const build = fileURLToPath(new URL('../../frontend/build', import.meta.url))

function compressedBytes(directory: string): number {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map(
      (name) =>
        statSync(join(directory, `${name}.br`), { throwIfNoEntry: false })?.size ??
        readFileSync(join(directory, name)).length
    )
    .reduce((sum, size) => sum + size, 0)
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
})
const page = await browser.newPage()
const client = await page.context().newCDPSession(page)
await client.send('Network.enable')
const scripts = new Set<string>()
let transferred = 0
client.on('Network.responseReceived', ({ requestId, type }) => {
  if (type === 'Script') scripts.add(requestId)
})
client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
  if (scripts.has(requestId)) transferred += encodedDataLength
})
await page.goto(`${process.env.BENCH_URL}/sign-in`, { waitUntil: 'networkidle' })
await browser.close()
const all = compressedBytes(build)
report([
  {
    what: 'JavaScript transferred on the first page (sign-in)',
    ours: `${(transferred / 1024).toFixed(0)} kB`,
    beside: `${(all / 1024).toFixed(0)} kB in the whole build`,
    ratio: transferred / all,
    ratioMeans: 'share of the build',
  },
])
