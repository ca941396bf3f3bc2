import { test } from '@japa/runner'
import { conditionFaults } from '#registry/domain/applicant_meets_the_conditions'
import { EXPERT_STATES, EXPERT_TRANSITIONS, nextExpertState } from '#registry/domain/expert_life_cycle'
import {
  appealDeadline,
  publicityEnds,
  studyHours,
  termIsOver,
  termUntil,
} from '#registry/domain/terms_and_hours'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const beijing = (text: string) => new Date(`${text}+08:00`)

test.group('Expert library', () => {
  const change = { actor: 'centre', reason: '材料齐全', document_id: 'd', publicity_over: true } as const

  test('REG-1: applied, reviewed, published, announced by the authority', ({ assert }) => {
    assert.deepEqual(nextExpertState('applied', 'take_up', change), { ok: true, value: 'in_review' })
    assert.deepEqual(nextExpertState('in_review', 'publish', change), { ok: true, value: 'in_publicity' })
    const authority = { ...change, actor: 'authority' } as const
    assert.deepEqual(nextExpertState('in_publicity', 'announce', authority), { ok: true, value: 'listed' })
    const faults = [
      nextExpertState('in_publicity', 'announce', change),
      nextExpertState('in_publicity', 'announce', { ...authority, publicity_over: false }),
      nextExpertState('applied', 'announce', authority),
      nextExpertState('applied', 'take_up', { ...change, reason: ' ' }),
      nextExpertState('applied', 'take_up', { ...change, document_id: null }),
    ]
    assert.deepEqual(
      faults.map((one) => (one.ok ? 'ok' : one.error.code)),
      ['actor_may_not', 'publicity_not_over', 'event_not_possible_now', 'reason_missing', 'document_missing']
    )
  })

  test('REG-1: nobody who was removed comes back but by a new application', ({ assert }) => {
    assert.isFalse(EXPERT_TRANSITIONS.some((one) => one.from.includes('removed')))
    const reached = new Set(['applied', ...EXPERT_TRANSITIONS.map((one) => one.to)])
    assert.lengthOf([...reached], EXPERT_STATES.length)
  })

  test('REG-2: fifteen years or recognised experience, senior title, integrity', ({ assert }) => {
    const fit = {
      years_in_specialty: 15,
      recognised_experience: false,
      title: 'senior_engineer',
      integrity_declared: true,
      specialties: ['geotechnical'],
      methods: ['strut'],
    }
    const codes = (given: Partial<typeof fit>) =>
      conditionFaults({ ...fit, ...given }, regulation).map((one) => one.code)
    assert.deepEqual(codes({}), [])
    assert.deepEqual(codes({ years_in_specialty: 14 }), ['years_too_few'])
    assert.deepEqual(codes({ years_in_specialty: Number.NaN }), ['years_too_few'])
    assert.deepEqual(codes({ years_in_specialty: 3, recognised_experience: true }), [])
    assert.deepEqual(codes({ title: 'engineer' }), ['title_not_senior'])
    assert.deepEqual(codes({ integrity_declared: false }), ['integrity_not_declared'])
  })

  test('REG-3: specialties and methods come from the vocabulary', ({ assert }) => {
    const fit = {
      years_in_specialty: 20,
      recognised_experience: false,
      title: 'professor',
      integrity_declared: true,
    }
    const codes = (specialties: string[], methods: string[]) =>
      conditionFaults({ ...fit, specialties, methods }, regulation).map((one) => one.code)
    assert.deepEqual(codes([], []), ['specialty_missing'])
    assert.deepEqual(codes(['alchemy'], []), ['specialty_unknown'])
    assert.deepEqual(codes(['structure'], ['shield']), ['method_without_specialty'])
  })

  test('REG-1: seven days of publicity end at 24:00', ({ assert }) => {
    assert.deepEqual(
      publicityEnds(beijing('2026-03-02T09:00:00'), regulation),
      beijing('2026-03-10T00:00:00')
    )
  })

  test('REG-3: a term of three years', ({ assert }) => {
    const until = termUntil(beijing('2026-03-10T01:00:00'), regulation)
    assert.equal(until, '2029-03-09')
    assert.isFalse(termIsOver(until, beijing('2029-03-09T23:59:59'), regulation))
    assert.isTrue(termIsOver(until, beijing('2029-03-10T00:00:00'), regulation))
  })

  test('REG-4: eight hours a year, with evidence', ({ assert }) => {
    const one = { day: '2026-05-01', minutes: 240, recognised: true, evidence_id: 'e' }
    const sessions = [
      one,
      { ...one, minutes: 60, day: '2026-12-31' },
      { ...one, day: '2025-12-31' },
      { ...one, evidence_id: null },
      { ...one, recognised: false },
    ]
    assert.deepEqual(studyHours(sessions, 2026, regulation), { minutes: 300, missing_minutes: 180 })
    assert.deepEqual(studyHours([one, one, one], 2026, regulation), { minutes: 720, missing_minutes: 0 })
  })

  test('EVAL-3: an appeal within five working days', ({ assert }) => {
    assert.deepEqual(
      appealDeadline(beijing('2026-03-12T10:00:00'), regulation).at,
      beijing('2026-03-20T00:00:00')
    )
  })
})
