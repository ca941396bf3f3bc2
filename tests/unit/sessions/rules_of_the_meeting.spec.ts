import { test } from '@japa/runner'
import { meetingTimeFault } from '#reviews/domain/meeting_waits_for_the_plan'
import { attendanceFaults, missingConsents } from '#sessions/domain/attendance_is_checked_off'
import { itemStanding } from '#sessions/domain/every_item_is_confirmed'
import { mergeFaults } from '#sessions/domain/nothing_is_lost_in_merging'
import {
  amountsToListedDefect,
  concretenessHints,
  type OpinionText,
} from '#sessions/domain/opinion_is_concrete'
import { nextOpinionState, OPINION_TRANSITIONS } from '#sessions/domain/opinion_transitions'
import { maySeeOpinion, mayReveal, OPINION_STATES } from '#sessions/domain/opinions_stay_sealed'
import { mayAct, SESSION_ROLES, viewsOf } from '#sessions/domain/parties_leave_for_deliberation'
import { enterPhase, PHASES } from '#sessions/domain/phases_follow_in_order'
import { quorumOf } from '#sessions/domain/quorum'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const five = ['A', 'B', 'C', 'D', 'E']

test.group('Before the meeting', () => {
  const at = (text: string) => new Date(`${text}+08:00`)
  const deliveries = [
    { member: 'A', delivered_at: at('2026-03-16T09:00:00') },
    { member: 'B', delivered_at: at('2026-03-16T14:30:00') },
  ]

  test('PLAN-6: 48 hours after the plan reached the last member, not a second less', ({ assert }) => {
    assert.isNull(meetingTimeFault(at('2026-03-18T14:30:00'), deliveries, regulation))
    assert.deepEqual(meetingTimeFault(at('2026-03-18T14:29:59'), deliveries, regulation), {
      code: 'too_early',
      earliest: at('2026-03-18T14:30:00'),
    })
    const waiting = [...deliveries, { member: 'F', delivered_at: null }]
    assert.deepEqual(meetingTimeFault(at('2026-04-18T14:30:00'), waiting, regulation), {
      code: 'plan_not_delivered',
      members: ['F'],
    })
    assert.isNotNull(meetingTimeFault(at('2026-04-18T14:30:00'), [], regulation))
  })

  test('PLAN-6: a sealed opinion is its author’s alone, a draft too', ({ assert }) => {
    const others = [
      { kind: 'panel', expert_id: 'B', submitted: true },
      { kind: 'scribe' },
      { kind: 'other' },
    ] as const
    for (const state of ['DRAFT', 'SUBMITTED'] as const) {
      assert.isTrue(
        maySeeOpinion({ author_id: 'A', state }, { kind: 'panel', expert_id: 'A', submitted: false })
      )
      for (const viewer of others) assert.isFalse(maySeeOpinion({ author_id: 'A', state }, viewer), state)
    }
  })

  test('SEC-2: an expert who has not submitted sees no other opinion; parties never see one', ({
    assert,
  }) => {
    for (const state of OPINION_STATES.slice(2)) {
      const opinion = { author_id: 'A', state }
      assert.isFalse(maySeeOpinion(opinion, { kind: 'panel', expert_id: 'B', submitted: false }))
      assert.isTrue(maySeeOpinion(opinion, { kind: 'panel', expert_id: 'B', submitted: true }))
      assert.isTrue(maySeeOpinion(opinion, { kind: 'scribe' }))
      assert.isFalse(maySeeOpinion(opinion, { kind: 'other' }))
    }
  })

  test('PLAN-6: the seal is lifted for all at once', ({ assert }) => {
    const done = { submitted: true }
    assert.isTrue(mayReveal(true, [done, done]))
    assert.isFalse(mayReveal(false, [done, done]))
    assert.isFalse(mayReveal(true, [done, { submitted: false }]))
    assert.isFalse(mayReveal(true, []))
  })

  const sound: OpinionText = {
    kind: 'must_fix',
    page: 148,
    place: '计算书',
    basis: 'JGJ 120-2012 第4.2.4条',
    requirement: '抗隆起验算地面荷载取值偏小，应按泵车、土方车工况重算',
    defect_item: null,
  }
  const hints = (change: Partial<OpinionText>) =>
    concretenessHints({ ...sound, ...change }).map((one) => one.code)

  test('MEET-5: where, on what basis, what is required', ({ assert }) => {
    assert.deepEqual(hints({}), [])
    assert.deepEqual(hints({ page: null, place: ' ' }), ['place_missing'])
    assert.deepEqual(hints({ page: null }), [])
    assert.deepEqual(hints({ basis: '' }), ['basis_missing'])
    assert.deepEqual(hints({ requirement: '' }), ['requirement_missing'])
    assert.deepEqual(hints({ requirement: '进一步完善，确保安全。' }), ['vague_phrase'])
    assert.deepEqual(hints({ requirement: '应重算' }), ['requirement_too_short'])
    assert.deepEqual(hints({ requirement: '进一步完善降水设计，补充涌水量计算及回灌预案' }), [])
    assert.deepEqual(hints({ kind: 'severe_defect' }), ['defect_item_missing'])
    assert.deepEqual(hints({ kind: 'advice', page: null, place: '', basis: '' }), [])
  })

  test('CONC-3: a must-fix item is not worded as a listed defect', ({ assert }) => {
    const groups = regulation.severe_defects
    assert.equal(amountsToListedDefect('方案未明确支撑工程拆撑条件及拆撑顺序，应补充。', groups), '二.5')
    assert.equal(amountsToListedDefect('无应急处置措施', groups), '一.8')
    for (const text of [
      '细化表4-12：补充各道支撑拆除时的结构混凝土强度值、换撑节点详图',
      '完善燃气管保护措施：补充允许变形值、管线变形监测、与燃气经营企业共同制定的保护方案和应急联动',
      '降水设计无涌水量计算，应补观测井及回灌预案',
      '立杆伸出顶层水平杆650 mm，应≤500 mm',
    ]) {
      assert.isNull(amountsToListedDefect(text, groups), text)
    }
  })
})

test.group('In the meeting', () => {
  test('MEET-8: phases follow in order and none is left out', ({ assert }) => {
    for (const [i, now] of PHASES.entries()) {
      for (const wanted of PHASES) {
        const back = wanted === 'DELIBERATION' && (now === 'READ_OUT' || now === 'ANSWERS')
        assert.equal(enterPhase(now, wanted).ok, wanted === PHASES[i + 1] || back, `${now} ${wanted}`)
      }
    }
  })

  test('MEET-7: parties never see opinions or items, and nothing in the closed deliberation', ({
    assert,
  }) => {
    for (const phase of PHASES) {
      for (const role of ['party', 'host'] as const) {
        const views = viewsOf(role, phase, true)
        assert.notInclude(views, 'opinions')
        assert.notInclude(views, 'items')
        assert.equal(views.length === 0, phase === 'DELIBERATION', `${role} ${phase}`)
        assert.equal(mayAct(role, 'speak', phase, true), phase !== 'DELIBERATION')
      }
    }
  })

  test('MEET-7: one scribe by consent, who types and neither confirms nor votes', ({ assert }) => {
    assert.lengthOf(viewsOf('scribe', 'DELIBERATION', false), 0)
    assert.include(viewsOf('scribe', 'DELIBERATION', true), 'items')
    assert.isTrue(mayAct('scribe', 'edit_item', 'DELIBERATION', true))
    assert.isFalse(mayAct('scribe', 'edit_item', 'DELIBERATION', false))
    for (const act of ['confirm', 'vote', 'write_opinion'] as const) {
      assert.isFalse(mayAct('scribe', act, 'DELIBERATION', true))
      for (const role of SESSION_ROLES.filter((one) => one !== 'leader' && one !== 'expert')) {
        if (role !== 'alternate' || act !== 'write_opinion')
          assert.isFalse(mayAct(role, act, 'QUESTIONS', true))
      }
    }
    assert.include(viewsOf('supervisor', 'DELIBERATION', false), 'video')
    assert.isFalse(mayAct('supervisor', 'speak', 'DELIBERATION', true))
  })

  test('MEET-4: at least five and odd, and all of them here', ({ assert }) => {
    const code = (panel: string[], present: string[]) => quorumOf(panel, present, regulation).code
    assert.equal(code(five, five), 'enough')
    assert.equal(code(five, ['A', 'B', 'C', 'D']), 'too_few')
    assert.equal(code([...five, 'F'], [...five, 'F']), 'even')
    assert.equal(code([...five, 'F', 'G'], five), 'member_missing')
    assert.equal(code([...five, 'F', 'G'], [...five, 'F', 'G']), 'enough')
    assert.equal(code(five, ['A', 'A', 'A', 'A', 'A', 'X', 'Y']), 'too_few')
    assert.deepEqual(quorumOf(five, ['A', 'C', 'D', 'E', 'Z'], regulation).missing, ['B'])
  })

  test('MEET-2: who the regulation wants is checked off, a delegate brings a letter', ({ assert }) => {
    const parties = regulation.parties.map((party) => party.code)
    const all = regulation.attendees.map((one) => ({
      role: one.code,
      present: true,
      is_delegate: false,
      letter_file_id: null,
    }))
    const change = (role: string, given: object) =>
      all.map((one) => (one.role === role ? { ...one, ...given } : one))
    const codes = (attendees: typeof all, named = parties) =>
      attendanceFaults(attendees, named, regulation).map((one) => `${one.code} ${one.role}`)
    assert.deepEqual(codes(all), [])
    assert.deepEqual(codes(change('survey_lead', { present: false })), ['attendee_missing survey_lead'])
    const without = parties.filter((party) => party !== 'survey')
    assert.deepEqual(codes(change('survey_lead', { present: false }), without), [])
    const delegate = { is_delegate: true }
    assert.deepEqual(codes(change('chief_supervisor', delegate)), ['delegate_not_allowed chief_supervisor'])
    const head = 'contractor_technical_head'
    assert.deepEqual(codes(change(head, delegate)), [`delegate_without_letter ${head}`])
    assert.deepEqual(codes(change(head, { ...delegate, letter_file_id: 'f' })), [])
  })

  test('MEET-6: recording waits for everybody', ({ assert }) => {
    const agreed = { person: 'A', consented_at: new Date(0) }
    assert.deepEqual(missingConsents([agreed, { person: 'B', consented_at: null }]), ['B'])
    assert.deepEqual(missingConsents([agreed]), [])
  })
})

test.group('Opinions and items', () => {
  test('CONC-4: nothing is lost and nothing made up', ({ assert }) => {
    const items = [
      { id: '1', sources: ['C1', 'C2'] },
      { id: '2', sources: ['A1'] },
    ]
    const left = [{ opinion_id: 'D2', reason: '与本方案无关' }]
    assert.deepEqual(mergeFaults(['A1', 'C1', 'C2', 'D2'], items, left), [])
    assert.deepEqual(mergeFaults(['A1', 'B1', 'C1', 'C2', 'D2'], items, left), [
      { code: 'opinion_not_handled', opinion: 'B1' },
    ])
    assert.deepEqual(mergeFaults(['C1', 'C2', 'D2'], items, left), [
      { code: 'unknown_opinion', opinion: 'A1' },
    ])
    assert.deepEqual(
      mergeFaults(
        ['A1', 'C1', 'C2'],
        [...items, { id: '3', sources: [] }],
        [{ opinion_id: 'A1', reason: ' ' }]
      ),
      [
        { code: 'opinion_merged_and_left_out', opinion: 'A1' },
        { code: 'reason_missing', opinion: 'A1' },
        { code: 'item_without_source', item: '3' },
      ]
    )
  })

  test('CONC-4: whatever merging, omission and taking back do, each opinion is handled exactly when no fault is left', ({
    assert,
  }) => {
    for (let pattern = 0; pattern < 3 ** 5; pattern++) {
      const fate = five.map((_, i) => Math.floor(pattern / 3 ** i) % 3)
      const items = [{ id: '1', sources: five.filter((_, i) => fate[i] === 1) }].filter(
        (item) => item.sources.length > 0
      )
      const left = five.filter((_, i) => fate[i] === 2).map((opinion_id) => ({ opinion_id, reason: '重复' }))
      assert.lengthOf(mergeFaults(five, items, left), fate.filter((one) => one === 0).length)
    }
  })

  test('CONC-4: an opinion left out needs a reason, and its author may object', ({ assert }) => {
    assert.deepEqual(nextOpinionState('REVEALED', 'leave_out', 'leader'), {
      ok: false,
      error: { code: 'reason_missing' },
    })
    assert.deepEqual(nextOpinionState('REVEALED', 'leave_out', 'leader', '重复'), {
      ok: true,
      value: 'LEFT_OUT',
    })
    assert.deepEqual(nextOpinionState('LEFT_OUT', 'object', 'author', '并不重复'), {
      ok: true,
      value: 'OBJECTED',
    })
    assert.isFalse(nextOpinionState('REVEALED', 'merge', 'author').ok)
    assert.isFalse(nextOpinionState('SUBMITTED', 'merge', 'leader').ok)
    const reached = new Set(['DRAFT', ...OPINION_TRANSITIONS.map((one) => one.to)])
    assert.lengthOf([...reached], OPINION_STATES.length)
  })

  test('CONC-1: an item is confirmed on its present text, an objection has a reason', ({ assert }) => {
    const vote = (member: string, position: 'confirm' | 'object', item_version: number, reason = '') => ({
      member,
      position,
      item_version,
      reason,
    })
    const votes = [
      vote('A', 'confirm', 2),
      vote('B', 'confirm', 1),
      vote('C', 'object', 2, '页码不对'),
      vote('D', 'object', 2),
      vote('E', 'object', 2, '否'),
      vote('E', 'confirm', 2),
    ]
    assert.deepEqual(itemStanding(2, five, votes), {
      confirmed: ['A', 'E'],
      objected: [{ member: 'C', reason: '页码不对' }],
      pending: ['B', 'D'],
    })
  })
})
