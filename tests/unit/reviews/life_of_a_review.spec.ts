import { test } from '@japa/runner'
import { nextState, possibleEvents, type ReviewFacts } from '#reviews/domain/next_state'
import {
  type Conclusion,
  REVIEW_ACTORS,
  REVIEW_STATES,
  type ReviewActor,
  type ReviewState,
} from '#reviews/domain/states'
import { TRANSITIONS } from '#reviews/domain/transitions'

const facts: ReviewFacts = { review_required: true, conclusion: null, interrupted: null }

function walk(from: ReviewState, steps: [string, ReviewActor][], given: Partial<ReviewFacts> = {}): string {
  let state = from
  for (const [event, actor] of steps) {
    const move = nextState(state, event, actor, { ...facts, ...given })
    if (!move.ok) return `${state} ${event}: ${move.error.code}`
    state = move.value.to
  }
  return state
}

const prepared: [string, ReviewActor][] = [
  ['self_check', 'contractor'],
  ['contractor_review', 'contractor_technical_head'],
  ['supervision_review', 'chief_supervisor'],
]
const toFiled: [string, ReviewActor][] = [
  ...prepared,
  ['submit', 'organiser'],
  ['form_check', 'program'],
  ['draw', 'agency'],
  ['invite', 'agency'],
  ['confirm_panel', 'organiser'],
  ['deliver_plan', 'program'],
  ['schedule', 'organiser'],
  ['open_meeting', 'leader'],
  ['deliberate', 'leader'],
  ['read_out', 'leader'],
  ['conclude', 'leader'],
  ['open_signing', 'program'],
  ['issue_report', 'program'],
  ['file', 'program'],
]

test.group('Life of a review', () => {
  test('PLAN-9: a hazardous work without review is registered and may be built', ({ assert }) => {
    const way: [string, ReviewActor][] = [...prepared, ['register', 'contractor'], ['release', 'program']]
    assert.equal(walk('DRAFT', way, { review_required: false }), 'IMPLEMENTABLE')
    assert.equal(walk('DRAFT', way), 'SUPERVISING_ENGINEER_REVIEWED register: facts_do_not_allow')
  })

  const endings: [Conclusion, [string, ReviewActor][], ReviewState][] = [
    ['PASS', [['advice_answered', 'contractor']], 'IMPLEMENTABLE'],
    [
      'PASS',
      [
        ['approved_again', 'chief_supervisor'],
        ['release', 'program'],
      ],
      'IMPLEMENTABLE',
    ],
    [
      'REVISE',
      [
        ['revise', 'contractor'],
        ['submit_revision', 'contractor'],
        ['leader_sends_back', 'leader'],
        ['submit_revision', 'contractor'],
        ['leader_agrees', 'leader'],
        ['approved_again', 'chief_supervisor'],
        ['release', 'program'],
      ],
      'IMPLEMENTABLE',
    ],
    [
      'FAIL',
      [
        ['close', 'program'],
        ['new_round', 'contractor'],
      ],
      'DRAFT',
    ],
  ]
  for (const [conclusion, steps, end] of endings) {
    test(`REP-6: ${conclusion} by ${steps.map(([event]) => event).join(', ')}`, ({ assert }) => {
      assert.equal(walk('DRAFT', [...toFiled, ...steps], { conclusion }), end)
    })
  }

  test('REP-3: 修改后通过 has no short way to building', ({ assert }) => {
    for (const event of ['advice_answered', 'approved_again', 'close']) {
      for (const actor of REVIEW_ACTORS) {
        assert.isFalse(nextState('FILED', event, actor, { ...facts, conclusion: 'REVISE' }).ok)
      }
    }
  })

  test('REP-4: a new round begins with 不通过 alone', ({ assert }) => {
    const closed = nextState('CLOSED', 'new_round', 'contractor', { ...facts, conclusion: 'FAIL' })
    assert.isTrue(closed.ok && closed.value.next_round)
    assert.lengthOf(
      TRANSITIONS.filter((one) => one.next_round),
      1
    )
    for (const conclusion of ['PASS', 'REVISE', null] as const) {
      assert.isFalse(nextState('FILED', 'close', 'program', { ...facts, conclusion }).ok)
    }
  })

  test('ORG-1: neither the authority nor the centre accepts, approves or concludes', ({ assert }) => {
    const theirs = TRANSITIONS.filter((one) =>
      one.by.some((actor) => actor === 'authority' || actor === 'centre')
    )
    assert.deepEqual([...new Set(theirs.map((one) => one.event))].sort(), [
      'cancel',
      'lift_suspension',
      'suspend',
      'void',
    ])
  })

  test('MEET-4: a pause goes back to where the meeting was', ({ assert }) => {
    for (const interrupted of ['IN_SESSION', 'DELIBERATION', 'READ_OUT'] as const) {
      assert.equal(
        walk(
          interrupted,
          [
            ['pause', 'program'],
            ['resume', 'leader'],
          ],
          { interrupted }
        ),
        interrupted
      )
    }
    assert.equal(walk('PAUSED', [['resume', 'leader']]), 'PAUSED resume: facts_do_not_allow')
  })

  test('CONC-1: a refusal to sign leads back to the conclusion', ({ assert }) => {
    assert.equal(
      walk('SIGNING', [
        ['refuse_to_sign', 'expert'],
        ['open_signing', 'leader'],
      ]),
      'SIGNING'
    )
  })

  test('DRAW-13: once a meeting has begun an organiser can no longer cancel', ({ assert }) => {
    for (const state of ['DRAFT', 'DRAWN', 'SCHEDULED'] as const) {
      assert.equal(walk(state, [['cancel', 'organiser']]), 'CANCELLED')
    }
    for (const state of [
      'IN_SESSION',
      'CONCLUDED',
      'SIGNING',
      'REPORT_ISSUED',
      'CLOSED',
      'IMPLEMENTABLE',
    ] as const) {
      assert.equal(walk(state, [['cancel', 'organiser']]), `${state} cancel: actor_may_not`)
      assert.equal(walk(state, [['cancel', 'centre']]), 'CANCELLED')
    }
  })

  test('DRAW-10: the authority voids a review in any state but the final ones', ({ assert }) => {
    for (const state of REVIEW_STATES) {
      const voided = nextState(state, 'void', 'authority', facts)
      assert.equal(voided.ok, state !== 'VOIDED' && state !== 'CANCELLED', state)
      assert.isFalse(nextState(state, 'void', 'centre', facts).ok)
    }
  })

  test('REP-8: a change of design begins anew, without a new round', ({ assert }) => {
    const move = nextState('IMPLEMENTABLE', 'design_changed', 'contractor', facts)
    assert.deepEqual(move, { ok: true, value: { to: 'DRAFT', rule: 'REP-8', next_round: false } })
  })

  test('every state is reached from the draft and each but the final ones is left again', ({ assert }) => {
    const reached = new Set<string>(['DRAFT'])
    for (let size = 0; size !== reached.size;) {
      size = reached.size
      for (const one of TRANSITIONS) if (one.from.some((state) => reached.has(state))) reached.add(one.to)
    }
    assert.deepEqual(
      REVIEW_STATES.filter((state) => !reached.has(state)),
      []
    )
    const stuck = REVIEW_STATES.filter((state) => !TRANSITIONS.some((one) => one.from.includes(state)))
    assert.deepEqual(stuck, ['VOIDED', 'CANCELLED'])
  })

  test('no actor beyond those named moves anything, and what is offered works', ({ assert }) => {
    const events = [...new Set(TRANSITIONS.map((one) => one.event)), 'wish']
    for (const state of REVIEW_STATES) {
      for (const actor of REVIEW_ACTORS) {
        const offered = possibleEvents(state, actor, facts)
        for (const event of events) {
          const move = nextState(state, event, actor, facts)
          assert.equal(move.ok, offered.includes(event), `${state} ${event} ${actor}`)
          const named = TRANSITIONS.some(
            (one) => one.event === event && one.from.includes(state) && one.by.includes(actor)
          )
          if (move.ok) assert.isTrue(named)
        }
      }
    }
  })
})
