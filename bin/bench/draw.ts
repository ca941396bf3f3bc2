/**
 * A draw from a library of 100,000 experts in PostgreSQL, as the app does it: the library read in one snapshot,
 * matched with the plan, the exclusions with their reasons, the pool frozen into its Merkle root, every chance
 * computed, both parties' random numbers proved, tickets, the ten, the evidence written. Beside the usual way,
 * `SELECT … ORDER BY random() LIMIT 10` with the same filter, as far as SQL has it: specialty, status, term, leave.
 * It knows of no company, no quota and no chance, and proves nothing.
 */
import { fileURLToPath } from 'node:url'
import { besideEachOther, ms, percentile, report, timesOf, type Figure } from '#bin/bench/support/figures'
import { bootApp } from '#bin/bench/support/boot_app'
import { drawnEvidence, SECRETS, TRUST } from '#bin/bench/support/draw_evidence'
import { fillLibrary, narrowPool } from '#bin/bench/support/library'
import { must } from '#bin/bench/support/must'
import { createDatabase, migrate } from '#bin/platform/prepare_database'
import { sha256, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import type { FrozenDraw } from '#lib/draw/draw'
import { planKey } from '#lib/draw/plan_key'
import { buildPool } from '#lib/draw/pool'
import { saltKeyCommitment } from '#lib/draw/salts'
import { verifyDrawEvidenceText } from '#lib/draw/verify_evidence'

const LIBRARY = 100_000
const NARROW = 500
const WIDE_ROUNDS = 3
const NARROW_ROUNDS = 20
const MEETING_DAY = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
const WORKS = [{ category: 'PIT', parameters: { depth_m: 13.8 } }]

const root = fileURLToPath(new URL('../../', import.meta.url))
const databaseUrl = await ownDatabase()
const app = await bootApp()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { regulation } = await import('#core/jurisdiction')
const { libraryFacts } = await import('#draw/queries/library_facts')
const { poolCandidates } = await import('#draw/domain/pool_follows_from_the_library')
const { drawRules } = await import('#draw/domain/draw_rules_follow_from_the_regulation')
const { planIdentityOf } = await import('#draw/domain/plan_identity')
const { specialtiesOf, tagsOf } = await import('#draw/domain/tags_follow_from_the_works')
const { loadDemo } = await import('../../resources/demo/load_demo.js')

const inForce = await regulation()
const identity = must('plan', planIdentityOf({ permit: '450108202603050101', part: 'A-07', works: WORKS }, 1))
const key = planKey(identity)
const rules = drawRules(WORKS, inForce, {
  serverKey: TRUST.serverVrfKeys[0]!,
  witnessKey: TRUST.witnessVrfKeys[0]!,
  saltKeyCommitment: saltKeyCommitment(SECRETS.salt),
})

const specialties = specialtiesOf(tagsOf(WORKS, inForce))
type Library = Awaited<ReturnType<typeof readLibrary>>

function readLibrary() {
  const plan = { works: WORKS, organiser: { id: 'none', name: '' }, agency: null, parties: [] }
  const question = { specialties, ids: [], plan, planLine: key, meetingDay: MEETING_DAY, exceptDraw: null }
  return db.transaction((trx) => libraryFacts(trx, question, inForce))
}

/** The text of the evidence, and of how many it was drawn. */
function draw(library: Library) {
  const candidates = poolCandidates(library.experts, library.draw, inForce)
  const pool = buildPool(candidates, { saltKey: SECRETS.salt, planKey: key, round: 1 })
  const frozen: FrozenDraw = { planKey: key, round: 1, rules, leaves: pool.leaves }
  const eligible = pool.leaves.filter(({ excluded }) => excluded === null).length
  return { text: canonicalJson(drawnEvidence(identity, frozen, [])), matched: pool.leaves.length, eligible }
}

const usual = () =>
  db.rawQuery(
    `SELECT roster_no FROM experts e WHERE specialties \\?| ? AND status = 'listed' AND term_until >= ?
       AND NOT EXISTS (SELECT FROM expert_leaves l WHERE l.expert_id = e.id AND ? BETWEEN l.from_day AND l.until_day)
     ORDER BY random() LIMIT 10`,
    [[...specialties], MEETING_DAY, MEETING_DAY]
  )

async function figuresOf(name: string, rounds: number): Promise<Figure[]> {
  const library = await readLibrary()
  const { text, matched, eligible } = draw(library)
  const genuine = () => {
    const { verdict, checks } = verifyDrawEvidenceText(text, TRUST)
    if (verdict !== 'genuine') throw new Error(`the evidence is ${verdict}: ${JSON.stringify(checks)}`)
  }
  const bytes = utf8(text)
  const [whole, pure, plain] = await besideEachOther(rounds, [
    async () => draw(await readLibrary()),
    () => draw(library),
    usual,
  ])
  const verifying = await timesOf(rounds, genuine)
  const hashing = await timesOf(rounds, () => sha256(bytes))
  const size = `${(bytes.length / 1024 / 1024).toFixed(1)} MB`
  const random = 'SELECT … WHERE … ORDER BY random() LIMIT 10, the same filter'
  return [
    line(`${name}: ${matched} match, ${eligible} eligible; the whole draw`, whole!, random, plain!),
    line(`${name}: the same but for reading the library`, pure!, random, plain!),
    line(`${name}: evidence verified, ${size}`, verifying, 'SHA-256 of the same bytes', hashing),
  ]
}

function line(what: string, ours: number[], beside: string, other: number[]): Figure {
  return {
    what,
    ours: `${ms(percentile(ours, 0.5))}, p95 ${ms(percentile(ours, 0.95))}`,
    beside: `${ms(percentile(other, 0.5))}: ${beside}`,
    ratio: percentile(ours, 0.5) / percentile(other, 0.5),
    ratioMeans: 'times its time, medians',
  }
}

async function ownDatabase(): Promise<string> {
  const url = new URL(process.env.DATABASE_OWNER_URL!)
  url.pathname = '/postgres'
  await createDatabase(url.href, 'bench_draw')
  url.pathname = '/bench_draw'
  Object.assign(process.env, { DATABASE_URL: url.href, DATABASE_OWNER_URL: url.href })
  await migrate(root, process.env)
  return url.href
}

await fillLibrary(databaseUrl, must('demo', await loadDemo()), LIBRARY, new Date().toISOString().slice(0, 10))
const wide = await figuresOf('100,000 experts', WIDE_ROUNDS)
await narrowPool(databaseUrl, specialties, NARROW)
const narrow = await figuresOf(`100,000 experts, pool of ${NARROW}`, NARROW_ROUNDS)
report([...wide, ...narrow])
await app.terminate()
process.exit(0)
