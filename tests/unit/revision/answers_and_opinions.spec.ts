import { test } from '@japa/runner'
import { imageHead } from '#lib/image_intake/image_head'
import { answeringIsOpen, submittingIsOpen } from '#reports/revision/domain/answering_is_open'
import { submissionFaults } from '#reports/revision/domain/answers_are_complete'
import type { Answer } from '#reports/revision/models/rows'
import { opinionFaults } from '#reports/revision/domain/leader_opinion_is_complete'

const items = [
  { id: 'a', kind: 'must_fix' as const },
  { id: 'b', kind: 'advice' as const },
]
const good: Answer = { taken: true, change: '已补充', page: 3, reason: '' }

test.group('Answers to the report', () => {
  test('REP-3: a must-fix item counts as taken, whatever the answer claims', ({ assert }) => {
    const refused: Answer = { taken: false, change: '', page: null, reason: '不改' }
    const faults = submissionFaults(
      items,
      new Map<string, Answer>([
        ['a', refused],
        ['b', good],
      ]),
      10
    )
    assert.deepEqual(
      faults.map(({ code }) => code),
      ['change_missing', 'page_missing']
    )
  })

  test('REP-3: a page beyond the version answers nothing; its last page does', ({ assert }) => {
    const at = (page: number) =>
      submissionFaults(
        items,
        new Map<string, Answer>([
          ['a', { ...good, page }],
          ['b', good],
        ]),
        10
      )
    assert.deepEqual(at(10), [])
    assert.deepEqual(at(11), [{ code: 'page_outside', item: 'a' }])
  })

  test('REP-10: advice is decided one way or the other', ({ assert }) => {
    const faults = submissionFaults(
      items,
      new Map<string, Answer>([
        ['a', good],
        ['b', { ...good, taken: null }],
      ]),
      10
    )
    assert.deepEqual(faults, [{ code: 'not_decided', item: 'b' }])
  })

  test('REP-3, REP-10: answers are open from the report on, never after 不通过, never twice for advice', ({
    assert,
  }) => {
    assert.isTrue(answeringIsOpen('REPORT_ISSUED', 'REVISE', 0))
    assert.isFalse(submittingIsOpen('REPORT_ISSUED', 'REVISE', 0))
    assert.isTrue(submittingIsOpen('REVISING', 'REVISE', 3))
    assert.isFalse(answeringIsOpen('REVISION_SUBMITTED', 'REVISE', 1))
    assert.isTrue(submittingIsOpen('FILED', 'PASS', 0))
    assert.isFalse(submittingIsOpen('FILED', 'PASS', 1))
    for (const state of ['REPORT_ISSUED', 'FILED', 'CLOSED'] as const)
      assert.isFalse(answeringIsOpen(state, 'FAIL', 0))
  })
})

test.group('The leader’s opinion', () => {
  const given = { leader: 'L', by: 'L', submission: { version_sha256: 'v2' } }
  const opinion = {
    submission: 1,
    decision: 'agree' as const,
    versionSha256: 'v2',
    text: '同意',
    judged: { a: { agrees: true, reason: '' } },
  }
  const codes = (over: object, who: object = {}) =>
    opinionFaults(items, { ...opinion, ...over }, { ...given, ...who }).map(({ code }) => code)

  test('REP-3: agreed by the leader alone, on the very version, every must-fix item judged, in words', ({
    assert,
  }) => {
    assert.deepEqual(codes({}), [])
    assert.deepEqual(codes({}, { by: 'X' }), ['not_the_leader'])
    assert.deepEqual(codes({ versionSha256: 'v1' }), ['version_not_the_revision'])
    assert.deepEqual(codes({ judged: { a: { agrees: null, reason: '' } } }), ['item_not_judged'])
    assert.deepEqual(codes({ judged: { a: { agrees: false, reason: '缺工况' } } }), ['item_rejected'])
    assert.deepEqual(codes({ text: ' ' }), ['opinion_empty'])
  })

  test('REP-3: sent back only with an item rejected and its reason', ({ assert }) => {
    const back = (judged: object) => codes({ decision: 'send_back', text: '', judged })
    assert.deepEqual(back({ a: { agrees: false, reason: '缺工况' } }), [])
    assert.deepEqual(back({ a: { agrees: true, reason: '' } }), ['nothing_rejected'])
    assert.deepEqual(back({ a: { agrees: false, reason: ' ' } }), ['reason_missing'])
  })
})

test.group('A picture’s first bytes', () => {
  test('a type is told by content, never by name; what lies about its length ends the search', ({
    assert,
  }) => {
    assert.isNull(imageHead(Buffer.from('<svg/>')))
    assert.isNull(imageHead(new Uint8Array()))
    assert.isNull(imageHead(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, ...new Uint8Array(40))))
    const frame = Uint8Array.of(
      0xff,
      0xd8,
      0xff,
      0xc0,
      0,
      17,
      8,
      0x03,
      0x84,
      0x04,
      0xb0,
      3,
      ...new Uint8Array(12)
    )
    assert.deepEqual(imageHead(frame), { type: 'image/jpeg', width: 1200, height: 900 })
  })
})
