import { test } from '@japa/runner'
import {
  type Conclusion,
  conclusionBlocks,
  type Deliberation,
  dissentOf,
} from '#sessions/domain/conclusion_is_allowed'
import { severeDefectStands } from '#sessions/domain/severe_defect_stands'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const five = ['A', 'B', 'C', 'D', 'E']
const agreed = { confirmed: five, objected: [], pending: [] }
const item = { id: '1', kind: 'must_fix', concrete: true, standing: agreed } as const
const all = (conclusion: Conclusion) => five.map((member) => ({ member, conclusion, reason: '' }))

const base: Deliberation = {
  members: five,
  present: five,
  votes: all('REVISE'),
  items: [item],
  merge_faults: [],
  standing_defects: [],
  fail_reason: '',
}
const blocks = (conclusion: Conclusion, change: Partial<Deliberation> = {}) =>
  conclusionBlocks({ ...base, ...change }, regulation)[conclusion].map((one) => `${one.rule} ${one.code}`)

test.group('Conclusion', () => {
  test('CONC-1: the unanimous opinion is allowed, the others are not', ({ assert }) => {
    assert.deepEqual(blocks('REVISE'), [])
    assert.deepEqual(blocks('PASS'), ['CONC-2 must_fix_open', 'CONC-1 stricter_vote_stands'])
    assert.deepEqual(blocks('FAIL'), ['CONC-2 fail_reason_missing', 'CONC-1 nobody_votes_for_it'])
    assert.deepEqual(blocks('PASS', { votes: all('PASS'), items: [] }), [])
  })

  test('CONC-1: one stricter voice holds until it is given up', ({ assert }) => {
    const votes = all('REVISE').with(4, { member: 'E', conclusion: 'FAIL', reason: '独立架体无稳定构造' })
    assert.deepEqual(blocks('REVISE', { votes }), ['CONC-1 stricter_vote_stands'])
    assert.deepEqual(blocks('FAIL', { votes, fail_reason: '严重缺陷' }), ['CONC-1 dissent_without_reason'])
    const reasoned = votes.map((vote) =>
      vote.conclusion === 'FAIL' ? vote : { ...vote, reason: '可以修改' }
    )
    assert.deepEqual(blocks('FAIL', { votes: reasoned, fail_reason: '严重缺陷' }), [])
    assert.lengthOf(dissentOf('FAIL', { ...base, votes: reasoned }), 4)
    const given = [...votes, { member: 'E', conclusion: 'REVISE', reason: '' } as const]
    assert.deepEqual(blocks('REVISE', { votes: given }), [])
  })

  test('CONC-1: every item is confirmed or objected to; an objection is recorded as dissent', ({
    assert,
  }) => {
    const open = { ...item, standing: { confirmed: ['A'], objected: [], pending: ['B'] } }
    assert.deepEqual(blocks('REVISE', { items: [open] }), ['CONC-1 items_not_confirmed'])
    const objected = {
      ...item,
      standing: { confirmed: ['A'], objected: [{ member: 'B', reason: '依据不对' }], pending: [] },
    }
    assert.deepEqual(blocks('REVISE', { items: [objected] }), [])
    assert.deepEqual(dissentOf('REVISE', { ...base, items: [objected] }), [
      { member: 'B', reason: '依据不对' },
    ])
  })

  test('CONC-2: 修改后通过 has a must-fix item, each concrete; 不通过 has reasons', ({ assert }) => {
    assert.deepEqual(blocks('REVISE', { items: [{ ...item, kind: 'advice' }] }), ['CONC-2 must_fix_needed'])
    assert.deepEqual(blocks('REVISE', { items: [{ ...item, concrete: false }] }), [
      'CONC-2 items_not_concrete',
    ])
    assert.deepEqual(blocks('FAIL', { votes: all('FAIL') }), ['CONC-2 fail_reason_missing'])
    assert.deepEqual(blocks('FAIL', { votes: all('FAIL'), fail_reason: '无稳定构造' }), [])
  })

  test('CONC-3: while a severe defect stands only 不通过 is possible', ({ assert }) => {
    const standing = { standing_defects: ['三.5'] }
    assert.deepEqual(blocks('REVISE', standing), ['CONC-3 severe_defect_stands'])
    assert.include(
      blocks('PASS', { ...standing, votes: all('PASS'), items: [] }),
      'CONC-3 severe_defect_stands'
    )
    assert.deepEqual(blocks('FAIL', { ...standing, votes: all('FAIL'), fail_reason: '三.5' }), [])
  })

  test('CONC-4: no conclusion while an opinion is not handled', ({ assert }) => {
    const lost = { merge_faults: [{ code: 'opinion_not_handled', opinion: 'D2' } as const] }
    assert.deepEqual(blocks('REVISE', lost), ['CONC-4 opinions_not_handled'])
  })

  test('CONC-5: every remaining member votes, and nobody else counts', ({ assert }) => {
    const votes = [...all('REVISE').slice(1), { member: 'X', conclusion: 'REVISE', reason: '' } as const]
    assert.deepEqual(blocks('REVISE', { votes }), ['CONC-5 votes_missing'])
    const stranger = [...all('REVISE'), { member: 'X', conclusion: 'FAIL', reason: '闹' } as const]
    assert.deepEqual(blocks('REVISE', { votes: stranger }), [])
  })

  test('MEET-4: no conclusion when a member is gone', ({ assert }) => {
    assert.deepEqual(blocks('REVISE', { present: five.slice(1) }), ['MEET-4 no_quorum'])
  })

  test('CONC-3: a defect stands until its raisers withdraw it or all reclassify it, with page and reason', ({
    assert,
  }) => {
    const answer = (member: string) => ({ member, page: 59, reason: '表4-12 有拆除次序' })
    const claim = { item: '二.5', raised_by: ['B', 'D'], withdrawals: [], reclassifications: [] }
    const stands = (change: object) => severeDefectStands({ ...claim, ...change }, five)
    assert.isTrue(stands({}))
    assert.isTrue(stands({ withdrawals: [answer('B')] }))
    assert.isFalse(stands({ withdrawals: [answer('B'), answer('D')] }))
    assert.isTrue(stands({ withdrawals: [answer('A'), answer('C'), answer('E')] }))
    assert.isTrue(stands({ withdrawals: [answer('B'), { ...answer('D'), page: null }] }))
    assert.isTrue(stands({ withdrawals: [answer('B'), { ...answer('D'), reason: '' }] }))
    assert.isFalse(stands({ reclassifications: five.map(answer) }))
    assert.isTrue(stands({ reclassifications: ['A', 'B', 'C', 'E'].map(answer) }))
    assert.isTrue(
      severeDefectStands({ ...claim, raised_by: ['Z'], reclassifications: five.map(answer) }, five)
    )
  })
})
