import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { runStep } from '#bin/platform/run_step'
import { ROOT, testInstance, type TestInstance } from '#tests/support/cluster'
import { ace } from '#tests/support/ace'
import {
  answer,
  drawn,
  expertOf,
  invited,
  readyPlan,
  signInHosts,
  until,
  type Hosts,
} from '#tests/support/draw_life'
import { signIn, visitor, type Person } from '#tests/support/person'
import { asReplica } from '../ledger/support/log.js'

const YEAR = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()

/** Every leaf but those that stand beside, in the order of the log: as whoever hides the year's draws would have it. */
function leavesWithout(file: any): string[] {
  const known = new Map<number, string>()
  for (const { index, leaf } of [...file.entries, ...file.beside]) known.set(index, leaf)
  const beside = new Set(file.beside.map(({ index }: any) => index))
  const others = [...file.others]
  const size = known.size + others.length
  const leaves = Array.from({ length: size }, (_, index) => known.get(index) ?? others.shift())
  return leaves.filter((_, index) => !beside.has(index))
}

test.group('A year of draws', (group) => {
  let app: TestInstance
  let hosts: Hosts
  let authority: Person
  let draw: any
  group.setup(async () => {
    app = await testInstance()
    hosts = await signInHosts(app.url)
    authority = await signIn(app.url, '19900000009')
    const plan = await readyPlan(hosts, '年度报告基坑')
    draw = await drawn(hosts.organiser, plan.reviewId)
    await invited(hosts.organiser, draw)
    const [first, second] = draw.seats
    await answer(await expertOf(app, first.id), first.id, { answer: 'decline', reasonCode: 'away' })
    await answer(await expertOf(app, second.id), second.id, { answer: 'accept' })
    await until(
      () => hosts.organiser.get(`/api/draws/${draw.id}`),
      ({ body }) => body.seats.length === 11,
      'the replacement'
    )
    return () => app.stop()
  })
  group.each.timeout(180_000)

  test('SUP-5: who could be drawn, was drawn and refused, to authority and centre with names', async ({
    assert,
  }) => {
    const { body } = await authority.get(`/api/supervision/fairness?year=${YEAR}`)
    const { report, names } = body
    assert.deepEqual(report.faults, [])
    assert.equal(report.draws, 1)
    assert.equal(report.recomputed, 1)
    assert.equal(report.replaced, 1)
    assert.lengthOf(report.experts, draw.pool.eligible)
    const came = report.experts.filter((expert: any) => expert.drawn.observed === 1).map(({ id }: any) => id)
    assert.lengthOf(came, 10)
    const expected = report.experts.reduce(
      (sum: number, { drawn: { expected: e } }: any) => sum + Number(e.num) / Number(e.den),
      0
    )
    assert.closeTo(expected, 10, 1e-9)
    assert.deepEqual([report.refusals.asked, report.refusals.refused], [2, 1])
    const [host] = report.refusals.byHost
    assert.isString(names.hosts[host.host])
    assert.isString(names.experts[came[0]])
    const centre = await signIn(app.url, '19900000008')
    assert.deepEqual((await centre.get(`/api/supervision/fairness?year=${YEAR}`)).body.report, report)
    assert.equal((await hosts.organiser.get('/api/supervision/fairness')).status, 403)
    assert.equal((await authority.get(`/api/supervision/fairness?year=${YEAR + 1}`)).status, 404)
  })

  test('DRAW-9: the same figures from the exported entries, without a database', async ({ assert }) => {
    const { body: file } = await authority.get(`/api/supervision/fairness/entries?year=${YEAR}`)
    const { report } = (await authority.get(`/api/supervision/fairness?year=${YEAR}`)).body
    const folder = await mkdtemp(join(tmpdir(), 'lunzheng-fairness-'))
    const path = join(folder, 'entries.json')
    const command = async (entries: object, ...more: string[]) => {
      const { canonicalJson } = await import('#lib/canonical_json')
      await writeFile(path, canonicalJson(entries as never))
      const args = [
        '--import=./bin/typescript.mjs',
        'bin/ace.ts',
        'draw:fairness',
        '--year',
        String(YEAR),
        '--entries',
        path,
        '--json',
        ...more,
      ]
      return runStep(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH!, HOME: folder } })
    }
    const pinned = ['--trust', join(app.instance.options.varDir, 'trust')]
    const offline = await command(file, ...pinned)
    assert.isTrue(offline.ok, offline.output)
    const printed = JSON.parse(offline.output)
    // An entry of the export itself stands in the log by now.
    assert.deepEqual({ ...printed, head: null }, { ...report, head: null })

    const index = file.entries.findIndex(({ leaf }: any) => JSON.parse(leaf).type === 'draw.completed')
    const without = await command({ ...file, entries: file.entries.toSpliced(index, 1) })
    assert.isFalse(without.ok)
    assert.include(without.output, 'entry_missing')
    assert.include(without.output, 'year_log')
    const { stream } = file.streams[0]
    const hidden = { ...file, streams: [], entries: [], others: leavesWithout(file) }
    const leftOut = await command(hidden, ...pinned)
    assert.isFalse(leftOut.ok)
    assert.include(leftOut.output, `year_draws draw.`)
    assert.include(leftOut.output, stream)
    await rm(folder, { recursive: true })

    const beside = await ace(app, 'draw:fairness', '--year', String(YEAR))
    assert.isTrue(beside.ok, beside.output)
    assert.include(beside.output, '1 draws, 1 recomputed; 1 places refilled, 0 not')
  })

  test('SUP-5: a payload changed by SQL is said, never counted', async ({ assert }) => {
    const entry = `(SELECT index FROM ledger_entries WHERE type = 'draw.completed' LIMIT 1)`
    const before = (await app.sql.query(`SELECT payload FROM ledger_payloads WHERE index = ${entry}`)).rows[0]
      .payload
    const forged = before.replace(/"seat":1,/, '"seat":11,')
    assert.notEqual(forged, before)
    const put = (payload: string) =>
      asReplica(app.sql, `UPDATE ledger_payloads SET payload = $p$${payload}$p$ WHERE index = ${entry}`)
    await put(forged)
    const { output, ok } = await ace(app, 'draw:fairness', '--year', String(YEAR))
    assert.isFalse(ok)
    assert.include(output, '"code":"commitment"')
    await put(before)
  })

  test('DRAW-9: the public sees numbers, and no draw before its meeting has ended', async ({ assert }) => {
    const passerBy = await visitor(app.url)
    const before = (await passerBy.get(`/api/public/fairness?year=${YEAR}`)).body
    assert.deepEqual([before.draws, before.leftOut, before.experts], [0, 1, []])
    const state = await app.sql.query('SELECT id, state FROM reviews WHERE id = $1', [draw.review.id])
    await app.sql.query("UPDATE reviews SET state = 'CONCLUDED' WHERE id = $1", [draw.review.id])
    const after = await passerBy.get(`/api/public/fairness?year=${YEAR}`)
    await app.sql.query('UPDATE reviews SET state = $1 WHERE id = $2', [state.rows[0].state, draw.review.id])
    assert.deepEqual([after.body.draws, after.body.leftOut], [1, 0])
    assert.lengthOf(after.body.experts, draw.pool.eligible)
    const text = JSON.stringify(after.body)
    for (const field of ['organisers', 'refusals', 'names', 'host']) assert.notInclude(text, `"${field}"`)
    assert.notInclude(text, draw.seats[0].name)
  })
})
