import { test } from '@japa/runner'
import { poolPlaceOf } from '#draw/domain/as_what_an_expert_is_in_the_pool'
import { tagsOf } from '#draw/domain/tags_follow_from_the_works'
import { groupMembershipFits } from '#registry/domain/a_company_is_in_one_group'
import { employmentFits, type EmploymentPeriod } from '#registry/domain/employments_follow_one_another'
import { leaveFits, leaveTakenBack } from '#registry/domain/leaves_do_not_overlap'
import { capFits, effectiveCap } from '#registry/domain/monthly_cap'
import { tagFaults } from '#registry/domain/tags_are_of_the_vocabulary'
import { correctedTerm, renewedTerm } from '#registry/domain/term_is_renewed_or_corrected'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const TODAY = '2026-03-18'
const codeOf = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error!.code)

test.group('What the library keeps', () => {
  const job = (change: Partial<EmploymentPeriod>): EmploymentPeriod => {
    return { organisationId: 'a', from: '2020-01-01', until: null, retiredFrom: false, ...change }
  }
  const cases: [string, string, EmploymentPeriod, EmploymentPeriod[], string][] = [
    ['REG-3', 'a second employer at one time', job({}), [job({ organisationId: 'b' })], 'ok'],
    [
      'REG-3',
      'the same employer twice at a time',
      job({}),
      [job({ from: '2024-01-01' })],
      'E_EMPLOYMENT_TWICE',
    ],
    ['REG-3', 'back after leaving', job({}), [job({ from: '2010-01-01', until: '2019-12-31' })], 'ok'],
    [
      'REG-3',
      'back on the day of leaving',
      job({}),
      [job({ from: '2010-01-01', until: '2020-01-01' })],
      'E_EMPLOYMENT_TWICE',
    ],
    ['REG-3', 'begins tomorrow', job({ from: '2026-03-19' }), [], 'E_DAY_AHEAD'],
    ['REG-3', 'ends tomorrow', job({ until: '2026-03-19' }), [], 'E_DAY_AHEAD'],
    ['REG-3', 'ends before it begins', job({ until: '2019-12-31' }), [], 'E_DAYS_OUT_OF_ORDER'],
    ['DRAW-5', 'retired from without an end', job({ retiredFrom: true }), [], 'E_RETIREMENT_HAS_NO_END'],
  ]
  for (const [rule, title, one, others, expected] of cases) {
    test(`${rule}: an employment: ${title}`, ({ assert }) => {
      assert.equal(codeOf(employmentFits(one, others, TODAY)), expected)
    })
  }

  test('REG-3: a leave ends today or later and meets no other', ({ assert }) => {
    const fits = (from: string, until: string) =>
      codeOf(leaveFits({ from, until }, [{ from: '2026-04-01', until: '2026-04-05' }], TODAY))
    assert.equal(fits('2026-03-01', TODAY), 'ok')
    assert.equal(fits('2026-03-01', '2026-03-17'), 'E_LEAVE_OVER')
    assert.equal(fits('2026-03-20', '2026-03-19'), 'E_DAYS_OUT_OF_ORDER')
    assert.equal(fits('2026-04-05', '2026-04-06'), 'E_LEAVE_OVERLAPS')
    assert.equal(fits('2026-04-06', '2026-04-06'), 'ok')
    assert.equal(fits('2026-03-30', '2026-04-30'), 'E_LEAVE_OVERLAPS')
  })

  test('REG-3: of a leave that is taken back the days that have passed remain', ({ assert }) => {
    const left = (from: string, until: string) => leaveTakenBack({ from, until }, TODAY, '2026-03-17')
    assert.deepEqual(left('2026-03-18', '2026-03-20'), { ok: true, value: { until: null } })
    assert.deepEqual(left('2026-03-17', '2026-03-18'), { ok: true, value: { until: '2026-03-17' } })
    assert.equal(codeOf(left('2026-03-01', '2026-03-17')), 'E_LEAVE_OVER')
  })

  test('DRAW-8: the lowest of three caps holds, and none is above the one it stands under', ({ assert }) => {
    assert.equal(effectiveCap({ monthlyCap: 6, ownMonthlyCap: null }, 6), 6)
    assert.equal(effectiveCap({ monthlyCap: 4, ownMonthlyCap: 5 }, 6), 4)
    assert.equal(effectiveCap({ monthlyCap: 4, ownMonthlyCap: 2 }, 6), 2)
    assert.equal(effectiveCap({ monthlyCap: 8, ownMonthlyCap: null }, 6), 6)
    assert.isTrue(capFits(6, 6).ok)
    assert.deepEqual(capFits(7, 6), { ok: false, error: { code: 'E_CAP_TOO_HIGH', most: 6 } })
  })

  test('REG-3: a term that runs is renewed without a gap, one that is over begins anew', ({ assert }) => {
    const renew = (until: string, to: string | null = null) =>
      renewedTerm({ from: '2023-01-01', until }, to, TODAY, regulation)
    assert.deepEqual(renew('2026-12-31'), {
      ok: true,
      value: { from: '2023-01-01', until: '2029-12-31' },
    })
    assert.deepEqual(renew('2026-03-17'), { ok: true, value: { from: TODAY, until: '2029-03-17' } })
    assert.deepEqual(renew(TODAY), { ok: true, value: { from: '2023-01-01', until: '2029-03-18' } })
    assert.equal(codeOf(renew('2026-12-31', '2026-12-31')), 'E_TERM_NOT_LONGER')
    assert.equal(codeOf(renew('2025-01-01', '2026-01-01')), 'E_TERM_OVER')
    assert.equal(codeOf(correctedTerm({ from: '2026-01-02', until: '2026-01-01' })), 'E_DAYS_OUT_OF_ORDER')
  })

  test('REG-3: specialties and methods are of the vocabulary, a method under its specialty', ({ assert }) => {
    const codes = (specialties: string[], methods: string[]) =>
      tagFaults({ specialties, methods }, regulation).map(({ code }) => code)
    assert.deepEqual(codes(['geotechnical'], ['strut']), [])
    assert.deepEqual(codes(['structure'], ['strut']), ['method_without_specialty'])
    assert.deepEqual(codes(['alchemy'], []), ['specialty_unknown'])
    assert.deepEqual(codes([], []), ['specialty_missing'])
  })

  test('DRAW-5: a company is in one group at a time', ({ assert }) => {
    const since = (from: string | null, until: string | null) =>
      codeOf(groupMembershipFits({ from, until }, [{ from: '2020-01-01', until: '2022-12-31' }]))
    assert.equal(since('2023-01-01', null), 'ok')
    assert.equal(since('2022-12-31', null), 'E_IN_ANOTHER_GROUP')
    assert.equal(since(null, '2019-12-31'), 'ok')
    assert.equal(since(null, null), 'E_IN_ANOTHER_GROUP')
    assert.equal(since('2024-01-01', '2023-01-01'), 'E_DAYS_OUT_OF_ORDER')
  })

  test('DRAW-9: who lacks the method, or lost the specialty lately, stands in the pool as excluded', ({
    assert,
  }) => {
    const place = (category: string, specialties: string[], methods: string[], lost: string[] = []) =>
      poolPlaceOf(
        { specialties, methods, lost_specialties: lost },
        tagsOf([{ category, parameters: {} }], regulation)
      )
    assert.deepEqual(place('TUN_J', ['tunnel'], ['pipe_jacking']), { isMain: true, specialty: 'tunnel' })
    assert.deepEqual(place('TUN_J', ['tunnel'], ['shield']), { isMain: true, specialty: 'tunnel' })
    assert.deepEqual(place('PIT', ['curtain_wall'], [], ['geotechnical']), {
      isMain: true,
      specialty: 'geotechnical',
    })
    assert.deepEqual(place('PIT', ['curtain_wall'], [], ['safety']), { isMain: false, specialty: 'safety' })
    assert.isNull(place('PIT', ['curtain_wall'], [], ['demolition']))
  })
})
