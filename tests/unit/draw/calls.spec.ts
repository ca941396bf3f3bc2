import { test } from '@japa/runner'
import {
  callMayBeNoted,
  notReached,
  type Call,
  type CallOutcome,
} from '#draw/domain/three_calls_count_as_not_reached'
import { nextPlace } from '#draw/domain/place_transitions'
import { laterByDay } from '#reviews/domain/invitation_answer_deadline'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const at = (time: string) => new Date(`2026-03-18T${time}:00+08:00`)
const call = (time: string, outcome: CallOutcome = 'no_answer', response: Call['response'] = null): Call => {
  return { called_at: at(time), outcome, response }
}
const code = (calls: Call[], time: string) => {
  const may = callMayBeNoted(calls, at(time), regulation)
  return may.ok ? may.value.number : may.error.code
}

test.group('Calls to an invited expert', () => {
  test('DRAW-7: by day, half an hour apart, and no more than three in vain', ({ assert }) => {
    assert.equal(code([], '07:59'), 'E_CALL_AT_NIGHT')
    assert.equal(code([], '08:00'), 1)
    assert.equal(code([], '20:00'), 'E_CALL_AT_NIGHT')
    assert.equal(code([call('10:00')], '10:29'), 'E_CALL_TOO_SOON')
    assert.equal(code([call('10:00')], '10:30'), 2)
    assert.equal(code([call('10:00'), call('10:30', 'busy'), call('11:00')], '12:00'), 'E_CALLS_USED_UP')
  })

  test('DRAW-7: three in vain count as not reached, one that the expert contradicts does not', ({
    assert,
  }) => {
    const two = [call('10:00'), call('10:30', 'switched_off')]
    assert.isFalse(notReached(two, regulation))
    assert.isTrue(notReached([...two, call('11:00', 'wrong_number')], regulation))
    const contradicted = [...two, call('11:00', 'no_answer', 'contradicted')]
    assert.isFalse(notReached(contradicted, regulation))
    assert.equal(code(contradicted, '11:30'), 4)
    assert.isFalse(notReached([...two, call('11:00', 'said_accepts')], regulation))
  })

  test('DRAW-7: what somebody is said to have said waits for their word', ({ assert }) => {
    assert.equal(code([call('10:00', 'said_declines')], '11:00'), 'E_CALL_WAITS_FOR_EXPERT')
    assert.equal(code([call('10:00', 'said_declines', 'contradicted')], '11:00'), 2)
  })

  test('DRAW-7: the time to object counts by day alone', ({ assert }) => {
    const half = 30 * 60_000
    assert.deepEqual(laterByDay(at('11:00'), half, regulation), at('11:30'))
    assert.deepEqual(laterByDay(at('19:50'), half, regulation), new Date('2026-03-19T08:20:00+08:00'))
  })

  test('DRAW-3: who was asked and is not on the panel is free, and can be asked again', ({ assert }) => {
    for (const state of ['INVITED', 'ACCEPTED'] as const) {
      const move = nextPlace(state, 'pass_over', 'program')
      assert.isTrue(move.ok && move.value.to === 'NOT_CHOSEN')
    }
    assert.isFalse(nextPlace('PANEL', 'pass_over', 'program').ok)
    for (const event of ['accept', 'decline', 'withdraw', 'recuse'])
      assert.isFalse(nextPlace('NOT_CHOSEN', event, 'expert').ok)
    assert.isTrue(nextPlace('NOT_CHOSEN', 'invite', 'organiser').ok)
  })
})
