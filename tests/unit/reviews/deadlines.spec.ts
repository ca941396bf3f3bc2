import { test } from '@japa/runner'
import {
  answersDeadline,
  earliestMeeting,
  filingDeadline,
  latestDelivery,
  leaderCheckDeadline,
} from '#reviews/domain/deadlines'
import { invitationAnswerDeadline } from '#reviews/domain/invitation_answer_deadline'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const beijing = (text: string) => new Date(`${text}+08:00`)
const MINUTE = 60_000

/** A repeatable stream of integers (mulberry32), so that a failing case can be run again. */
function* numbers(seed: number): Generator<number, never> {
  for (let a = seed; ;) {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    yield (t ^ (t >>> 14)) >>> 0
  }
}

test.group('Deadlines of a review', () => {
  test('PLAN-6: 48 hours from the last delivery, to the second, over any night', ({ assert }) => {
    const delivered = beijing('2026-03-16T14:30:00')
    assert.deepEqual(earliestMeeting(delivered, regulation), beijing('2026-03-18T14:30:00'))
    assert.deepEqual(latestDelivery(beijing('2026-03-18T14:30:00'), regulation), delivered)
  })

  test('REP-5: three days end at 24:00 of the third, rest day or not', ({ assert }) => {
    const early = filingDeadline(beijing('2026-03-18T00:00:00'), regulation)
    const late = filingDeadline(beijing('2026-03-18T23:59:59'), regulation)
    assert.deepEqual(early, { at: beijing('2026-03-22T00:00:00'), provisional: false })
    assert.deepEqual(late, early)
    assert.deepEqual(
      filingDeadline(beijing('2026-03-19T00:00:00'), regulation).at,
      beijing('2026-03-23T00:00:00')
    )
  })

  test('REP-3: working days skip Spring Festival and count a make-up Saturday', ({ assert }) => {
    assert.deepEqual(
      leaderCheckDeadline(beijing('2026-03-20T10:00:00'), regulation).at,
      beijing('2026-03-26T00:00:00')
    )
    const answers = answersDeadline(beijing('2026-02-13T10:00:00'), regulation)
    assert.deepEqual(answers, { at: beijing('2026-03-06T00:00:00'), provisional: false })
  })

  const windows: [string, string][] = [
    ['2026-03-12T14:02:11', '2026-03-12T18:02:11'],
    ['2026-03-12T16:00:00', '2026-03-12T20:00:00'],
    ['2026-03-12T18:00:00', '2026-03-13T10:00:00'],
    ['2026-03-12T19:59:59', '2026-03-13T11:59:59'],
    ['2026-03-12T20:00:00', '2026-03-13T12:00:00'],
    ['2026-03-12T23:30:00', '2026-03-13T12:00:00'],
    ['2026-03-13T03:00:00', '2026-03-13T12:00:00'],
    ['2026-12-31T19:00:00', '2027-01-01T11:00:00'],
  ]
  for (const [sent, due] of windows) {
    test(`DRAW-7: an invitation sent ${sent} is answered by ${due}`, ({ assert }) => {
      assert.deepEqual(invitationAnswerDeadline(beijing(sent), regulation), beijing(due))
    })
  }

  test('DRAW-7: whenever it is sent, exactly four daytime hours lie before the deadline', ({ assert }) => {
    const stream = numbers(20260312)
    for (let run = 0; run < 400; run++) {
      const sent = new Date(
        beijing('2026-01-01T00:00:00').getTime() + (stream.next().value % 525_600) * MINUTE
      )
      const due = invitationAnswerDeadline(sent, regulation)
      let daytime = 0
      for (let t = sent.getTime(); t < due.getTime(); t += MINUTE) {
        const hour = new Date(t + 480 * MINUTE).getUTCHours()
        if (hour >= 8 && hour < 20) daytime += 1
      }
      assert.equal(daytime, 240, sent.toISOString())
      const local = new Date(due.getTime() + 480 * MINUTE)
      const minutes = local.getUTCHours() * 60 + local.getUTCMinutes()
      assert.isTrue(minutes > 480 && minutes <= 1200, due.toISOString())
    }
  })

  test('DRAW-7: who is invited later never has to answer earlier', ({ assert }) => {
    const stream = numbers(7)
    for (let run = 0; run < 400; run++) {
      const first = beijing('2026-05-01T00:00:00').getTime() + (stream.next().value % 100_000) * MINUTE
      const second = first + (stream.next().value % 3000) * MINUTE
      const [a, b] = [first, second].map((at) => invitationAnswerDeadline(new Date(at), regulation).getTime())
      assert.isTrue(a! <= b!)
    }
  })
})
