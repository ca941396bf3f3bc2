import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { runStep } from '#bin/platform/run_step'
import { checkOwnPlace } from '#lib/draw/check_own_place'
import { ace } from '#tests/support/ace'
import { testInstance, ROOT, type TestInstance } from '#tests/support/cluster'
import {
  answer,
  drawnWithPanel,
  expertOf,
  invited,
  mobileOfRoster,
  signInHosts,
  type Hosts,
} from '#tests/support/draw_life'
import { signIn, visitor, type Person } from '#tests/support/person'

test.group('After the panel', (group) => {
  let app: TestInstance
  let hosts: Hosts
  let centre: Person
  let id: string
  let number: string
  const experts = new Map<string, Person>()
  const view = async () => (await hosts.organiser.get(`/api/draws/${id}`)).body
  const seated = (draw: any, role: string) => draw.seats.filter((seat: any) => seat.role === role)

  group.setup(async () => {
    app = await testInstance()
    hosts = await signInHosts(app.url)
    centre = await signIn(app.url, '19900000008')
    const { draw } = await drawnWithPanel(hosts)
    id = draw.id
    number = draw.number
    await invited(hosts.organiser, draw)
    for (const seat of draw.seats) {
      const expert = await expertOf(app, seat.id)
      experts.set(seat.id, expert)
      await answer(expert, seat.id, { answer: 'accept' })
    }
    const members = draw.seats.filter(({ inDefault }: any) => inDefault)
    const others = draw.seats.filter(({ inDefault }: any) => !inDefault)
    const confirmed = await hosts.organiser.press(`/api/draws/${id}/panel`, {
      members: members.map((seat: any) => seat.id),
      leader: members.find(({ isMain }: any) => isMain).id,
      alternates: others.slice(0, 2).map((seat: any) => seat.id),
    })
    if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body))
    return () => app.stop()
  })
  group.each.timeout(180_000)

  test('SEC-2: others’ draws, places and contacts do not exist for whoever has no part in them', async ({
    assert,
  }) => {
    const draw = await view()
    const [first, second] = draw.seats
    const expert = experts.get(first.id)!
    assert.equal((await expert.get(`/api/invitations/${second.id}`)).status, 404)
    assert.equal((await answer(expert, second.id, { answer: 'recuse', reasonCode: 'relative' })).status, 404)
    assert.equal((await expert.get(`/api/draws/${id}`)).status, 403)
    const agency = await signIn(app.url, '19900000004')
    assert.equal((await agency.get(`/api/draws/${id}`)).status, 404)
    assert.equal((await agency.get(`/api/draws/${id}/evidence`)).status, 404)
    assert.equal(
      (await agency.press(`/api/draws/${id}/seats/${first.id}/contact`, { purpose: 'call_out' })).status,
      404
    )
    assert.equal((await centre.get(`/api/draws/${id}`)).status, 200)
    assert.equal((await centre.press(`/api/draws/${id}/panel`, {})).status, 403)
  })

  test('DRAW-3: who was asked and is not on the panel is free, is told, and can answer nothing any more', async ({
    assert,
  }) => {
    const left = (await view()).seats.filter(({ role }: any) => role === null)
    assert.lengthOf(left, 3)
    for (const { state } of left) assert.equal(state, 'NOT_CHOSEN')
    const expert = experts.get(left[0].id)!
    assert.equal((await expert.get(`/api/invitations/${left[0].id}`)).body.state, 'NOT_CHOSEN')
    assert.equal((await answer(expert, left[0].id, { answer: 'accept' })).body.error.code, 'E_PLACE_STATE')
    assert.include(JSON.stringify((await expert.get('/api/messages')).body), 'panel.not_chosen')
  })

  test('DRAW-13: panels are held against the first five, by organiser, for supervisors alone', async ({
    assert,
  }) => {
    const { hosts: known } = (await centre.get('/api/draw-departures')).body
    const panel = known.flatMap(({ panels }: any) => panels).find((one: any) => one.number === number)
    assert.isTrue(panel.isDefault)
    assert.deepEqual(panel.chosen, panel.first)
    assert.equal((await hosts.organiser.get('/api/draw-departures')).status, 403)
  })

  const afterTheMeeting = async <T>(look: () => Promise<T>): Promise<T> => {
    const { review } = await view()
    await app.sql.query("UPDATE reviews SET state = 'FILED' WHERE id = $1", [review.id])
    const seen = await look()
    await app.sql.query('UPDATE reviews SET state = $2 WHERE id = $1', [review.id, review.state])
    return seen
  }

  test('DRAW-9: an expert sees the own chance, number and reasons, of draws in whose pool they stood alone', async ({
    assert,
  }) => {
    const { rows } = await app.sql.query('SELECT pool FROM draw_pools WHERE id = $1', [id])
    const drawn = new Set((await view()).seats.map(({ rosterNo }: any) => rosterNo))
    const entryOf = (fits: (leaf: any) => boolean) =>
      rows[0].pool.find(({ leaf }: any) => fits(leaf) && !drawn.has(leaf.id))
    const ownOf = async (leaf: { id: string }) => {
      const expert = await signIn(app.url, mobileOfRoster(leaf.id))
      return { expert, own: (await expert.get(`/api/own-draws/${id}`)).body }
    }
    const free = entryOf((leaf) => leaf.excluded === null)
    const { expert, own } = await ownOf(free.leaf)
    assert.isFalse(own.outcome.drawn)
    assert.isNull(own.outcome.taken)
    assert.isAbove(Number(own.chance.den), 1)
    assert.isEmpty(own.excluded)
    // With the parties' proofs anybody computes everybody's number: they are closed until the meeting has ended.
    assert.isNull(own.proof.proofs)
    assert.lengthOf(checkOwnPlace(own.proof, own.outcome.ticket), 3)
    const ended = await afterTheMeeting(async () => (await ownOf(free.leaf)).own)
    const steps = checkOwnPlace(ended.proof, own.outcome.ticket)
    assert.lengthOf(steps, 5)
    assert.isTrue(
      steps.every(({ ok }) => ok),
      JSON.stringify(steps)
    )
    const shaped = { ...own.proof, leaf: { ...own.proof.leaf, excluded: 'on_leave' } }
    const failed = checkOwnPlace(shaped, null).filter(({ ok }) => !ok)
    assert.deepEqual(
      failed.map(({ step }) => step),
      ['leaf']
    )
    const text = JSON.stringify(own)
    for (const { name, rosterNo } of (await view()).seats)
      for (const secret of [name, rosterNo]) assert.notInclude(text, secret)
    assert.include(JSON.stringify((await expert.get('/api/own-draws')).body), number)

    const out = entryOf((leaf) => leaf.excluded?.includes('on_leave'))
    const { own: away } = await ownOf(out.leaf)
    assert.include(away.excluded, 'on_leave')
    assert.isNull(away.chance)
    assert.lengthOf(checkOwnPlace(away.proof, null), 3)
    assert.isEmpty(away.because)
    const party = entryOf((leaf) => leaf.excluded?.includes('party_'))
    const { own: ofParty } = await ownOf(party.leaf)
    assert.equal(ofParty.because[0].code, ofParty.excluded[0])
    const employments = await app.sql.query(
      `SELECT o.name FROM expert_employments m JOIN experts e ON e.id = m.expert_id
       JOIN organisations o ON o.id = m.organisation_id WHERE e.roster_no = $1`,
      [party.leaf.id]
    )
    assert.include(
      employments.rows.map(({ name }) => name),
      ofParty.because[0].employer
    )
    const inPool = rows[0].pool.map(({ leaf }: any) => leaf.id)
    const outside = await app.sql.query(
      "SELECT roster_no FROM experts WHERE status = 'listed' AND roster_no <> ALL($1) ORDER BY roster_no LIMIT 1",
      [inPool]
    )
    const nowhere = await signIn(app.url, mobileOfRoster(outside.rows[0].roster_no))
    assert.equal((await nowhere.get(`/api/own-draws/${id}`)).status, 404)
  })

  test('DRAW-2: each look at a number is logged, and the expert sees it', async ({ assert }) => {
    const draw = await view()
    const seat = seated(draw, 'member')[0]
    const contact = `/api/draws/${id}/seats/${seat.id}/contact`
    assert.equal((await hosts.organiser.press(contact)).status, 422)
    const looked = await hosts.organiser.press(contact, { purpose: 'meeting_notice' })
    assert.match(looked.body.mobile, /^1990000\d{4}$/)
    const reveals = await experts.get(seat.id)!.get('/api/account/reveals')
    const [reveal] = reveals.body.reveals
    assert.deepInclude(reveal, { purpose: 'meeting_notice', until: looked.body.until })
  })

  test('DRAW-9: the public sees numbers and fingerprints, no names, until the meeting has ended', async ({
    assert,
  }) => {
    const open = await visitor(app.url)
    const seen = await open.get(`/api/public/draws/${number}`)
    const draw = await view()
    const text = JSON.stringify(seen.body)
    for (const { name, rosterNo, employer } of draw.seats) {
      for (const secret of [name, rosterNo, employer]) assert.notInclude(text, secret)
    }
    const { rows } = await app.sql.query('SELECT proofs FROM draws WHERE id = $1', [id])
    for (const proof of Object.values(rows[0].proofs)) assert.notInclude(text, String(proof))
    assert.isTrue(seen.body.picture.by !== 'ruler' || seen.body.picture.pins.length === 0)
    assert.equal((await open.get(`/api/public/draws/${number}/evidence`)).status, 404)
    const evidence = await afterTheMeeting(async () => {
      const { body } = await open.get(`/api/public/draws/${number}`)
      assert.deepInclude(body.fingerprints, {
        serverProof: rows[0].proofs.server,
        witnessProof: rows[0].proofs.witness,
      })
      return open.get(`/api/public/draws/${number}/evidence`)
    })
    assert.equal(evidence.body.openings.length, 10)
    assert.isAbove(evidence.body.pool.length, 60)
  })

  test('DRAW-9: npm run verify recomputes it from the file and the pinned keys alone', async ({ assert }) => {
    const evidence = await hosts.organiser.get(`/api/draws/${id}/evidence`)
    const directory = mkdtempSync(join(tmpdir(), 'lunzheng-verify-'))
    const { canonicalJson } = await import('#lib/canonical_json')
    const file = join(directory, 'evidence.json')
    const verify = (...args: string[]) => {
      const command = ['--import=./bin/typescript.mjs', 'bin/verify.ts', ...args]
      return runStep(process.execPath, command, { cwd: ROOT })
    }
    const trust = join(app.instance.options.varDir, 'trust')
    writeFileSync(file, canonicalJson(evidence.body))
    const good = await verify(file, '--trust', trust)
    assert.isTrue(good.ok, good.output)
    const nothing = mkdtempSync(join(directory, 'nothing-'))
    const unknown = await verify(file, '--trust', nothing, '--lang', 'en')
    assert.isFalse(unknown.ok)
    assert.include(unknown.output, 'signer unknown')
    const pool = evidence.body.pool.map((leaf: any, i: number) =>
      i === 3 ? { ...leaf, excluded: 'on_leave' } : leaf
    )
    writeFileSync(file, canonicalJson({ ...evidence.body, pool }))
    const shaped = JSON.parse((await verify(file, '--trust', trust, '--json')).output)
    assert.equal(shaped.exit, 1)
    const failed = shaped.results[0].steps.filter(({ ok }: any) => !ok).map(({ code }: any) => code)
    assert.equal(failed[0], 'pool_root')
    writeFileSync(file, '{')
    assert.equal(JSON.parse((await verify(file, '--trust', trust, '--json')).output).exit, 2)
  })

  test('DRAW-11, DRAW-13: a member withdraws, an alternate steps in; the leader withdraws, the panel is broken', async ({
    assert,
  }) => {
    const before = await view()
    const leaver = [...seated(before, 'member')].sort(
      (a: any, b: any) => Number(a.isMain) - Number(b.isMain)
    )[0]
    const left = await answer(experts.get(leaver.id)!, leaver.id, {
      answer: 'withdraw',
      reasonCode: 'health',
    })
    assert.deepEqual(left.body, { state: 'WITHDRAWN' })
    const mended = await view()
    const stillValid = mended.panelConfirmedAt !== null
    if (stillValid) {
      assert.lengthOf(seated(mended, 'member'), 4)
      assert.lengthOf(seated(mended, 'alternate'), 1)
    } else {
      assert.equal(mended.review.state, 'INVITING')
    }
    const leader = seated(before, 'leader')[0]
    assert.equal(
      (await answer(experts.get(leader.id)!, leader.id, { answer: 'withdraw', reasonCode: 'away' })).status,
      200
    )
    const broken = await view()
    assert.equal(broken.review.state, 'INVITING')
    assert.isNull(broken.panelConfirmedAt)
    assert.isEmpty(broken.seats.filter(({ role }: any) => role !== null))
    assert.equal(broken.seats.find(({ id: seat }: any) => seat === leader.id).letter, 'A')
    assert.isTrue((await ace(app, 'ledger:verify')).ok)
  })

  test('one address does not get the public page of a draw, or its events, without end', async ({
    assert,
  }) => {
    const path = `${app.url}/api/public/draws/${number}`
    const open: AbortController[] = []
    const stream = async () => {
      const closing = new AbortController()
      open.push(closing)
      return (await fetch(`${path}/events`, { signal: closing.signal })).status
    }
    const streams = await Promise.all(Array.from({ length: 110 }, stream))
    for (const one of open) one.abort()
    assert.equal(streams.filter((status) => status === 200).length, 100)
    assert.equal(streams.filter((status) => status === 429).length, 10)
    let last = 200
    for (let look = 0; look < 300 && last === 200; look++) {
      const seen = await fetch(path)
      await seen.text()
      last = seen.status
    }
    assert.equal(last, 429)
  })
})
