/**
 * The evidence of one draw with quotas, verified by the offline verifier in a browser, from choosing the file to seeing
 * the verdict, beside the same in this process.
 */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { drawnEvidence, SECRETS, TRUST } from '#bin/bench/support/draw_evidence'
import { besideEachOther, ms, percentile, report } from '#bin/bench/support/figures'
import { QUOTAS, quotaPool } from '#bin/bench/support/quota_pool'
import { buildFrontend } from '#bin/platform/build_frontend'
import { canonicalJson } from '#lib/canonical_json'
import { ALGORITHM } from '#lib/draw/labels'
import { normalPlanIdentity, planKey } from '#lib/draw/plan_key'
import { buildPool } from '#lib/draw/pool'
import { saltKeyCommitment } from '#lib/draw/salts'
import { verifyDrawEvidenceText } from '#lib/draw/verify_evidence'

const EXPERTS = 500
const EMPLOYERS = 120
const SEED = 20_241_231
const ROUNDS = 20

const root = fileURLToPath(new URL('../../', import.meta.url))
const plan = normalPlanIdentity({ permit: '450108202603050101', categories: ['PIT'], part: 'A-07', round: 1 })
const candidates = quotaPool(EXPERTS, EMPLOYERS, SEED).map(({ id, employer, specialty }) => {
  const employerName = `单位${employer}`
  return { id, name: `专家${id}`, employerId: employerName, employerName, specialty, excluded: null }
})
const pool = buildPool(candidates, { saltKey: SECRETS.salt, planKey: planKey(plan), round: 1 })
const rules = {
  algorithm: ALGORITHM,
  level: 'L2',
  serverKey: TRUST.serverVrfKeys[0]!,
  witnessKey: TRUST.witnessVrfKeys[0]!,
  saltKeyCommitment: saltKeyCommitment(SECRETS.salt),
  maxPerEmployer: 2,
  quotas: QUOTAS,
  replacementSpecialty: 'keep_then_any',
  panel: { size: 5, mainSpecialty: 'geotechnical', minMain: 3, minSpecialties: 2 },
  regulation: { id: 'trial', hash: '0'.repeat(64) },
} as const
const frozen = { planKey: planKey(plan), round: 1, rules, leaves: pool.leaves }
const text = canonicalJson(drawnEvidence(plan, frozen, pool.openings))

await buildFrontend(root)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await (await browser.newContext({ offline: true })).newPage()
await page.goto(`file://${root}frontend/build/offline-verifier.html`)

/** From the file chosen to its verdict on the page. */
async function inBrowser(): Promise<void> {
  const verdict = await page.evaluate(async (content) => {
    document.querySelector('article')?.remove()
    const shown = new Promise<string>((found) => {
      const look = new MutationObserver(() => {
        const heading = document.querySelector('article h2')
        if (!heading) return
        look.disconnect()
        found(heading.textContent)
      })
      look.observe(document.body, { childList: true, subtree: true })
    })
    const given = new DataTransfer()
    given.items.add(new File([content], 'draw.json'))
    const input = document.querySelector<HTMLInputElement>('#files')!
    input.files = given.files
    input.dispatchEvent(new Event('change'))
    return shown
  }, text)
  // No keys were pinned here; who signed is the reader's to say.
  if (!/不知出自何人|unknown/i.test(verdict)) throw new Error(`the offline verifier says: ${verdict}`)
}

function here(): void {
  const { verdict, checks } = verifyDrawEvidenceText(text, TRUST)
  if (verdict !== 'genuine') throw new Error(`${verdict}: ${JSON.stringify(checks)}`)
}

const [seen, own] = (await besideEachOther(ROUNDS, [inBrowser, here])) as [number[], number[]]
await browser.close()
report([
  {
    what: `evidence of a draw with quotas, pool of ${EXPERTS}, verified offline in a browser, verdict on the page`,
    ours: `${ms(percentile(seen, 0.5))}, p95 ${ms(percentile(seen, 0.95))}`,
    beside: `${ms(percentile(own, 0.5))}: by the same library in Node`,
    ratio: percentile(seen, 0.5) / percentile(own, 0.5),
    ratioMeans: 'times its time, medians',
  },
])
