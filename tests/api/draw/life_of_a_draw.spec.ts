import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { verifyDrawEvidenceText } from '#lib/draw/verify_evidence'
import { RemoteLog, standingOf } from '#lib/ledger/remote_log'
import { parseVerifierKey } from '#lib/tlog/keys'
import { httpFiles } from '#bin/monitor/http'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import {
  answer,
  drawn,
  drawnWithPanel,
  expertOf,
  IN_A_WEEK,
  invited,
  readyPlan,
  signInHosts,
  until,
  type Hosts,
} from '#tests/support/draw_life'
import { visitor, type Person } from '#tests/support/person'
import { AT_ANY_HOUR, regulationWith } from '#tests/support/regulation_with'

test.group('Life of a draw', (group) => {
  let app: TestInstance
  let hosts: Hosts
  group.setup(async () => {
    app = await testInstance({ environment: { REGULATIONS_DIR: regulationWith(AT_ANY_HOUR) } })
    hosts = await signInHosts(app.url)
    return () => app.stop()
  })
  group.each.timeout(180_000)

  test('DRAW-1 … DRAW-13: ten drawn, invited, one excused and replaced, panel confirmed, evidence genuine', async ({
    assert,
  }) => {
    const { organiser } = hosts
    await readyPlan(hosts, '另一基坑')
    assert.include(
      (await organiser.get('/api/home')).body.todo.map((item: any) => item.kind),
      'draw.start'
    )
    const { draw } = await drawnWithPanel(hosts)
    assert.lengthOf(draw.seats, 10)
    assert.match(draw.number, /^CQ-\d{4}-\d{4}$/)
    assert.equal(draw.review.state, 'DRAWN')
    assert.isAbove(draw.pool.eligible, 40)
    const reasons = draw.pool.excluded.map(({ code }: any) => code)
    for (const code of ['suspended', 'term_expired', 'party_employer', 'monthly_cap', 'on_leave'])
      assert.include(reasons, code)

    const log = new RemoteLog(httpFiles(`${app.url}/log`))
    const { body: keys } = await (await visitor(app.url)).get('/api/public/draw-keys')
    const evidence = await organiser.get(`/api/draws/${draw.id}/evidence`)
    const text = JSON.stringify(evidence.body)
    const ledgerKeys = keys.ledgerKeys.map(parseVerifierKey).map((key: any) => key.value)
    const verdict = verifyDrawEvidenceText(text, { ...keys, ledgerKeys })
    const head = await log.checkpoint(ledgerKeys)
    if (!head.ok) return assert.fail(head.error.code)
    assert.equal((await standingOf(log, head.value, draw.receipt)).code, 'receipt_in')
    const seen = verdict.checks.find(({ code }) => code === 'commit_checkpoint')
    assert.match(seen!.detail!, /^\d{4}-\d\d-\d\dT/)
    assert.equal(verdict.verdict, 'genuine', JSON.stringify(verdict.checks.filter(({ ok }) => !ok)))
    assert.isEmpty(evidence.body.openings)

    const early = await organiser.press(`/api/draws/${draw.id}/invitations`, {
      seatIds: draw.seats.map(({ id }: any) => id),
      meeting: { at: new Date(Date.now() + 3_600_000).toISOString(), mode: 'remote', place: '' },
    })
    assert.equal(early.body.error.code, 'E_MEETING_TOO_EARLY')
    assert.deepEqual((await invited(organiser, draw)).body, { invited: 10 })
    assert.deepEqual((await invited(organiser, draw)).body.error?.code, 'E_MEETING_FIXED')

    // One who isn't needed for a panel: the replacement must not decide whether one is possible.
    const first =
      draw.seats.find(({ isMain, inDefault }: any) => !isMain && !inDefault) ??
      draw.seats.find(({ inDefault }: any) => !inDefault)
    const leaving = await expertOf(app, first.id)
    assert.include(
      (await leaving.get('/api/home')).body.todo.map((item: any) => item.kind),
      'invitation.answer'
    )
    const own = await leaving.get(`/api/invitations/${first.id}`)
    assert.equal(own.body.draw.ticket, first.ticket)
    assert.equal(
      (await leaving.get(`/api/invitations/${draw.seats.find(({ id }: any) => id !== first.id).id}`)).status,
      404
    )
    assert.equal((await answer(leaving, first.id, { answer: 'recuse' })).body.error.code, 'E_REASON_MISSING')
    assert.deepEqual(
      (await answer(leaving, first.id, { answer: 'recuse', reasonCode: 'advised_on_plan' })).body,
      { state: 'RECUSED' }
    )
    assert.deepEqual((await answer(leaving, first.id, { answer: 'accept' })).status, 409)

    const after = await until(
      () => organiser.get(`/api/draws/${draw.id}`),
      ({ body }) => body.seats.length === 11,
      'the replacement'
    )
    const replacement = after.body.seats[10]
    assert.equal(replacement.replacesSeat, first.seat)
    assert.equal(replacement.state, 'INVITED')
    assert.equal(replacement.specialty, first.specialty)
    const came = await expertOf(app, replacement.id)
    const { outcome, replacements, seat } = (await came.get(`/api/own-draws/${draw.id}`)).body
    assert.deepInclude(outcome, { drawn: false, taken: null })
    assert.deepInclude(replacements[0], { number: 1, place: 1, ticket: replacement.ticket })
    assert.deepInclude(seat, { seat: 11, state: 'INVITED' })
    const drawnHere = (await leaving.get(`/api/own-draws/${draw.id}`)).body
    assert.deepInclude(drawnHere.outcome, { drawn: true, ticket: first.ticket, place: null, taken: null })
    assert.isEmpty(drawnHere.replacements)

    for (const seat of after.body.seats.filter(({ id }: any) => id !== first.id)) {
      const expert = await expertOf(app, seat.id)
      assert.equal((await answer(expert, seat.id, { answer: 'accept' })).status, 200)
    }
    const ready = (await organiser.get(`/api/draws/${draw.id}`)).body
    const choice = firstValid(ready.seats.filter(({ state }: any) => state === 'ACCEPTED'))
    const even = await organiser.post(`/api/draws/${draw.id}/panel/check`, {
      ...choice,
      members: choice.members.slice(1),
    })
    assert.isFalse(even.body.ok)
    const refused = await organiser.press(`/api/draws/${draw.id}/panel`, { ...choice, leader: null })
    assert.equal(refused.body.error.code, 'E_PANEL_INVALID')
    const checked = await organiser.post(`/api/draws/${draw.id}/panel/check`, choice)
    assert.isTrue(checked.body.ok, JSON.stringify(checked.body))
    const confirmed = await organiser.press(`/api/draws/${draw.id}/panel`, choice)
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
    assert.deepEqual(
      confirmed.body.panel.map(({ letter }: any) => letter),
      [...'ABCDEFG']
    )
    assert.equal(confirmed.body.panel[0].seatId, choice.leader)

    const again = await organiser.get(`/api/draws/${draw.id}/evidence`)
    assert.equal(
      verifyDrawEvidenceText(JSON.stringify(again.body), { ...keys, ledgerKeys }).verdict,
      'genuine'
    )
    assert.lengthOf(again.body.departures, 1)
    const ledger = await ace(app, 'ledger:verify')
    assert.isTrue(ledger.ok, ledger.output)
  })

  test('DRAW-7, SEC-1: three calls in vain count as not reached, the expert’s own word on a call decides', async ({
    assert,
  }) => {
    const { organiser } = hosts
    const plan = await readyPlan(hosts, '电话基坑')
    const { id, seats } = await drawn(organiser, plan.reviewId)
    const asked = await organiser.press(`/api/draws/${id}/invitations`, {
      seatIds: seats.map((seat: any) => seat.id),
      meeting: { at: IN_A_WEEK(), mode: 'remote', place: '' },
    })
    assert.equal(asked.status, 200, JSON.stringify(asked.body))
    const [first, second, third] = seats
    const path = (seat: any) => `/api/draws/${id}/seats/${seat.id}/call-outs`
    const inVain = { outcome: 'no_answer', reasonCode: null, note: '' }
    const call = (seat: any, body: object = {}) => organiser.press(path(seat), { ...inVain, ...body })
    const reveal = (seat: any) =>
      organiser.press(`/api/draws/${id}/seats/${seat.id}/contact`, { purpose: 'call_out' })
    const seatOf = async (seat: any) =>
      (await organiser.get(`/api/draws/${id}`)).body.seats.find((one: any) => one.id === seat.id)

    assert.equal((await call(first)).body.error.code, 'E_CONTACT_NOT_OPEN')
    const opened = (await reveal(first)).body
    assert.deepEqual((await seatOf(first)).contact, { ...opened, purpose: 'call_out' })
    const key = randomUUID()
    const twice = [
      await organiser.press(path(first), inVain, key),
      await organiser.press(path(first), inVain, key),
    ]
    assert.deepEqual(twice[0]!.body, twice[1]!.body)
    assert.equal((await call(first, { outcome: 'busy' })).body.number, 2)
    const dueBefore = (await seatOf(first)).answerDueAt
    assert.equal((await call(first, { outcome: 'switched_off' })).body.number, 3)
    assert.equal((await call(first)).body.error.code, 'E_CALLS_USED_UP')
    const shortened = await seatOf(first)
    assert.isBelow(Date.parse(shortened.answerDueAt), Date.parse(dueBefore))
    assert.equal(shortened.state, 'INVITED')

    // The expert's word against it: that call counts for nothing, and the time to answer is what it was.
    const expert = await expertOf(app, first.id)
    const own = (await expert.get(`/api/invitations/${first.id}`)).body
    assert.deepInclude(own.looks[0], { purpose: 'call_out', until: opened.until })
    const respond = (who: Person, seat: any, callId: string, response: string) =>
      who.press(`/api/invitations/${seat.id}/call-outs/${callId}`, { response, note: '' })
    assert.equal((await respond(expert, first, own.calls[2].id, 'contradicted')).status, 200)
    assert.equal((await seatOf(first)).answerDueAt, dueBefore)
    const changed = await respond(expert, first, own.calls[2].id, 'confirmed')
    assert.equal(changed.body.error.code, 'E_CALL_ANSWERED')
    const other = await expertOf(app, second.id)
    assert.equal((await respond(other, first, own.calls[0].id, 'contradicted')).status, 404)

    // What was said on the telephone is no answer until the expert says so.
    await reveal(second)
    assert.equal((await call(second, { outcome: 'said_declines' })).body.error.code, 'E_REASON_MISSING')
    await call(second, { outcome: 'said_declines', reasonCode: 'away' })
    assert.equal((await seatOf(second)).state, 'INVITED')
    const said = (await other.get(`/api/invitations/${second.id}`)).body.calls[0]
    assert.deepEqual((await respond(other, second, said.id, 'confirmed')).body, { state: 'UNAVAILABLE' })

    await reveal(third)
    for (const number of [1, 2, 3]) assert.equal((await call(third)).body.number, number)
    await app.sql.query(
      "UPDATE deadlines SET due_at = now() - interval '1 minute' WHERE done_at IS NULL AND object_id = $1",
      [third.id]
    )
    const silent = await until(
      () => seatOf(third),
      (seat) => seat.replacedBySeat !== null,
      'a replacement for one who was not reached'
    )
    assert.deepInclude(silent, { leftAs: 'NO_ANSWER', reasonCode: 'not_reached' })
    const told = (await (await expertOf(app, third.id)).get('/api/messages')).body
    assert.include(JSON.stringify(told), 'call.given_up')
    const shift = (by: string) =>
      app.sql.query(`UPDATE personal_data_reveals SET expires_at = expires_at ${by} interval '4 hours'`)
    await shift('-')
    assert.isNull((await seatOf(first)).contact)
    await shift('+')
    const ledger = await ace(app, 'ledger:verify')
    assert.isTrue(ledger.ok, ledger.output)
  })
})

/** Five accepted of different employers, three of the main specialty, led by one of those; two more as alternates. */
function firstValid(seats: any[]) {
  const main = seats.filter(({ isMain }) => isMain)
  for (const a of combinations(seats, 5)) {
    const employers = new Set(a.map(({ employer }) => employer))
    const specialties = new Set(a.map(({ specialty }) => specialty))
    const mains = a.filter((seat) => main.includes(seat))
    if (employers.size < 5 || specialties.size < 2 || mains.length < 3) continue
    const rest = seats.filter((seat) => !a.includes(seat)).slice(0, 2)
    return { members: a.map(({ id }) => id), leader: mains[0].id, alternates: rest.map(({ id }) => id) }
  }
  throw new Error('no valid panel among those who accepted')
}

function* combinations<T>(items: T[], size: number, from = 0, chosen: T[] = []): Generator<T[]> {
  if (chosen.length === size) return yield chosen
  for (let i = from; i < items.length; i++) yield* combinations(items, size, i + 1, [...chosen, items[i]!])
}
