import { test } from '@japa/runner'
import { assessAll, assessPlan } from '#plans/domain/assess_all'
import { assessWork, isFailed } from '#plans/domain/assess_work'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
type Given = Record<string, unknown>

function verdict(category: string, parameters: Given): string {
  const result = assessWork({ category, parameters }, regulation)
  if (isFailed(result)) return `${result.error.code}: ${result.error.parameters.join(' ')}`
  if (result.review_required) return result.hazardous ? 'review' : 'CONTRADICTION'
  return result.hazardous ? 'hazardous' : 'none'
}

function grounds(category: string, parameters: Given): string[] {
  const result = assessWork({ category, parameters }, regulation)
  if (isFailed(result)) throw new Error(result.error.code)
  return result.grounds.map((ground) => ground.id)
}

const small = {
  height_m: 1,
  span_m: 1,
  area_load_kn_m2: 1,
  line_load_kn_m: 1,
  higher_than_wide_freestanding: false,
}
const crane = { capacity_kn: 1, total_height_m: 1, base_level_m: 0 }

/** category, the other parameters, the one that is moved, its bound, the verdict below, the verdict from there. */
const bounds: [string, Given, string, number, string, string][] = [
  ['PIT', { complex_surroundings: false }, 'depth_m', 3, 'none', 'hazardous'],
  ['PIT', { complex_surroundings: true }, 'depth_m', 3, 'hazardous', 'hazardous'],
  ['PIT', {}, 'depth_m', 5, 'hazardous', 'review'],
  ['FWK', small, 'height_m', 5, 'none', 'hazardous'],
  ['FWK', small, 'span_m', 10, 'none', 'hazardous'],
  ['FWK', small, 'area_load_kn_m2', 10, 'none', 'hazardous'],
  ['FWK', small, 'line_load_kn_m', 15, 'none', 'hazardous'],
  ['FWK', small, 'height_m', 8, 'hazardous', 'review'],
  ['FWK', small, 'span_m', 18, 'hazardous', 'review'],
  ['FWK', small, 'area_load_kn_m2', 15, 'hazardous', 'review'],
  ['FWK', small, 'line_load_kn_m', 20, 'hazardous', 'review'],
  ['SUP', {}, 'point_load_kn', 7, 'hazardous', 'review'],
  [
    'HOIST',
    { unconventional_method: true, lifting_machinery: false },
    'piece_weight_kn',
    10,
    'none',
    'hazardous',
  ],
  ['HOIST', { unconventional_method: true }, 'piece_weight_kn', 100, 'hazardous', 'review'],
  ['CRANE', crane, 'capacity_kn', 300, 'hazardous', 'review'],
  ['CRANE', crane, 'total_height_m', 200, 'hazardous', 'review'],
  ['CRANE', crane, 'base_level_m', 200, 'hazardous', 'review'],
  ['SCF_G', {}, 'height_m', 24, 'none', 'hazardous'],
  ['SCF_G', {}, 'height_m', 50, 'hazardous', 'review'],
  ['SCF_A', {}, 'lift_height_m', 150, 'hazardous', 'review'],
  ['SCF_C', {}, 'section_height_m', 20, 'hazardous', 'review'],
  ['CW', {}, 'height_m', 50, 'hazardous', 'review'],
  ['STEEL', {}, 'span_m', 36, 'hazardous', 'review'],
  ['SPACE', {}, 'span_m', 60, 'hazardous', 'review'],
  ['PILE', {}, 'depth_m', 16, 'hazardous', 'review'],
  ['LIFT', {}, 'weight_kn', 1000, 'none', 'review'],
]

test.group('Assessment of a work', () => {
  for (const [category, others, name, bound, below, from] of bounds) {
    test(`PLAN-1: ${category} ${name} just below, at and above ${bound}`, ({ assert }) => {
      const at = (value: number) => verdict(category, { ...others, [name]: value })
      assert.equal(at(bound - 0.001), below)
      assert.equal(at(bound), from)
      assert.equal(at(bound + 0.001), from)
    })
  }

  test('PLAN-1: every bound of the file is among those tried above', ({ assert }) => {
    const written = regulation.categories.flatMap((category) =>
      [...category.hazardous, ...category.review_required].flatMap((ground) =>
        ground.when.flatMap((one) =>
          'at_least' in one ? [`${category.code} ${one.parameter} ${one.at_least}`] : []
        )
      )
    )
    const tried = new Set(bounds.map(([category, , name, bound]) => `${category} ${name} ${bound}`))
    assert.deepEqual(
      written.filter((one) => !tried.has(one)),
      []
    )
  })

  for (const category of ['FWK_TOOL', 'TUN_M', 'TUN_S', 'TUN_J', 'UW', 'NEW']) {
    test(`PLAN-1: ${category} needs a review whatever its size, there is no threshold on it`, ({
      assert,
    }) => {
      for (const parameters of [
        {},
        { height_m: 0, depth_m: 0, span_m: 0, weight_kn: 0 },
        { height_m: 400 },
      ]) {
        assert.equal(verdict(category, parameters), 'review')
        assert.lengthOf(grounds(category, parameters), 1)
      }
    })
  }

  for (const category of ['SCF_B', 'SCF_P', 'SCF_X', 'PC']) {
    test(`PLAN-1: ${category} is hazardous and never needs a review`, ({ assert }) => {
      assert.equal(verdict(category, {}), 'hazardous')
      assert.equal(verdict(category, { height_m: 500, weight_kn: 9000 }), 'hazardous')
    })
  }

  test('PLAN-1: demolition', ({ assert }) => {
    const none = {
      affects_public: false,
      special_structure: false,
      hazardous_substance: false,
      heritage_zone: false,
    }
    assert.equal(verdict('DEMO', none), 'none')
    assert.equal(verdict('DEMO', { ...none, affects_public: true }), 'hazardous')
    for (const name of ['special_structure', 'hazardous_substance', 'heritage_zone']) {
      assert.equal(verdict('DEMO', { ...none, [name]: true }), 'review')
      assert.equal(verdict('DEMO', { [name]: true }), 'review')
    }
  })

  test('PLAN-1: lifting', ({ assert }) => {
    assert.equal(verdict('HOIST', { lifting_machinery: true, unconventional_method: false }), 'hazardous')
    assert.equal(verdict('HOIST', { lifting_machinery: false, unconventional_method: false }), 'none')
    const conventional = { lifting_machinery: true, unconventional_method: false, piece_weight_kn: 5000 }
    assert.equal(verdict('HOIST', conventional), 'hazardous')
  })

  test('PLAN-1: formwork higher than wide and standing alone is hazardous', ({ assert }) => {
    assert.equal(verdict('FWK', { ...small, higher_than_wide_freestanding: true }), 'hazardous')
  })

  test('PLAN-1: the plans of the demonstration', ({ assert }) => {
    assert.equal(verdict('PIT', { depth_m: 13.8, complex_surroundings: true }), 'review')
    const hall = { height_m: 11.6, span_m: 21.6, area_load_kn_m2: 24.6 }
    assert.deepEqual(grounds('FWK', hall), ['FWK-R1', 'FWK-R2', 'FWK-R3'])
    assert.equal(verdict('TUN_J', {}), 'review')
    assert.equal(verdict('CRANE', { capacity_kn: 250, total_height_m: 168, base_level_m: 0 }), 'hazardous')
    assert.equal(verdict('SCF_C', { section_height_m: 19.8 }), 'hazardous')
    assert.equal(verdict('SCF_C', { section_height_m: 20.0 }), 'review')
    assert.equal(verdict('SCF_G', { height_m: 24.0 }), 'hazardous')
    assert.equal(verdict('PILE', { depth_m: 15.5 }), 'hazardous')
    assert.equal(verdict('PILE', { depth_m: 16.0 }), 'review')
    assert.equal(verdict('STEEL', { span_m: 78 }), 'review')
    assert.equal(verdict('LIFT', { weight_kn: 4200 }), 'review')
    assert.equal(verdict('DEMO', { special_structure: true }), 'review')
  })

  test('PLAN-1: surroundings are a ground under 3 m only; from there on they are a reminder of 一.16', ({
    assert,
  }) => {
    assert.deepEqual(grounds('PIT', { depth_m: 2.9, complex_surroundings: true }), ['PIT-H2'])
    assert.deepEqual(grounds('PIT', { depth_m: 3, complex_surroundings: true }), ['PIT-H1'])
    assert.deepEqual(grounds('PIT', { depth_m: 13.8, complex_surroundings: true }), ['PIT-R1'])
    const reminders = (parameters: Given) => {
      const result = assessWork({ category: 'PIT', parameters }, regulation)
      return isFailed(result) ? ['failed'] : result.reminders.map((one) => `${one.code} ${one.clause}`)
    }
    assert.deepEqual(reminders({ depth_m: 13.8, complex_surroundings: true }), [
      'neighbouring_protection 建办质〔2024〕63号 一.16',
    ])
    assert.deepEqual(reminders({ depth_m: 13.8, complex_surroundings: false }), [])
    assert.deepEqual(reminders({ depth_m: 13.8 }), [])
    assert.deepEqual(reminders({ depth_m: 2, complex_surroundings: true }), [])
  })

  test('PLAN-1: a ground shows value, unit, bound and clause', ({ assert }) => {
    const result = assessWork({ category: 'PIT', parameters: { depth_m: 13.8 } }, regulation)
    assert.deepEqual(result, {
      category: 'PIT',
      hazardous: true,
      review_required: true,
      grounds: [
        {
          rule: 'PLAN-1',
          id: 'PIT-R1',
          clause: '建办质〔2018〕31号 附件2 一',
          clause_en: 'MoHURD notice 31 of 2018, on implementing Order 37, annex 2, 1',
          text: '开挖深度 13.8 m，达到 5 m 界限',
          text_en: 'excavation depth 13.8 m reaches the bound of 5 m',
          parameter: 'depth_m',
          value: 13.8,
          unit: 'm',
          bound: 5,
        },
      ],
      reminders: [],
    })
  })

  const missing: [string, Given, string][] = [
    ['PIT', {}, 'depth_m'],
    ['PIT', { depth_m: null }, 'depth_m'],
    ['PIT', { depth_m: 2.9 }, 'complex_surroundings'],
    ['FWK', { height_m: 6, span_m: 5 }, 'area_load_kn_m2 line_load_kn_m'],
    ['FWK', { ...small, higher_than_wide_freestanding: undefined }, 'higher_than_wide_freestanding'],
    ['SUP', {}, 'point_load_kn'],
    ['HOIST', {}, 'unconventional_method lifting_machinery'],
    ['HOIST', { unconventional_method: true, lifting_machinery: true }, 'piece_weight_kn'],
    ['CRANE', { capacity_kn: 250 }, 'total_height_m base_level_m'],
    ['SCF_G', {}, 'height_m'],
    ['DEMO', { affects_public: true }, 'special_structure hazardous_substance heritage_zone'],
    ['LIFT', {}, 'weight_kn'],
    ['PILE', { dept_m: 20 }, 'depth_m'],
  ]
  for (const [category, parameters, names] of missing) {
    test(`PLAN-1: ${category} ${JSON.stringify(parameters)} lacks ${names}`, ({ assert }) => {
      assert.equal(verdict(category, parameters), `missing_parameters: ${names}`)
    })
  }

  test('PLAN-1: what can no longer change the verdict is not asked for', ({ assert }) => {
    assert.equal(verdict('CRANE', { capacity_kn: 300 }), 'review')
    assert.equal(verdict('FWK', { span_m: 18 }), 'review')
    assert.equal(verdict('HOIST', { piece_weight_kn: 9, lifting_machinery: false }), 'none')
    assert.equal(verdict('HOIST', { piece_weight_kn: 99, lifting_machinery: true }), 'hazardous')
  })

  for (const value of ['13.8', Number.NaN, Number.POSITIVE_INFINITY, -0.1, 1e9, true, [5], { m: 5 }]) {
    test(`PLAN-1: a depth of ${JSON.stringify(value)} (${typeof value}) is an error, never a silent no`, ({
      assert,
    }) => {
      assert.equal(verdict('PIT', { depth_m: value }), 'invalid_parameters: depth_m')
    })
  }

  test('PLAN-1: yes and no are not words or numbers', ({ assert }) => {
    for (const value of ['true', 1, 0, 'no']) {
      const given = { depth_m: 2, complex_surroundings: value }
      assert.equal(verdict('PIT', given), 'invalid_parameters: complex_surroundings')
    }
  })

  test('PLAN-1: a base level may lie under ground', ({ assert }) => {
    assert.equal(verdict('CRANE', { ...crane, base_level_m: -12 }), 'hazardous')
  })

  test('PLAN-1: what is no work is told apart', ({ assert }) => {
    for (const work of [null, 3, 'PIT', [], {}, { category: 7 }, { category: 'PIT', parameters: [] }]) {
      const result = assessWork(work, regulation)
      assert.isTrue(isFailed(result) && result.error.code === 'malformed_work', JSON.stringify(work))
    }
    assert.equal(verdict('pit', { depth_m: 9 }), 'unknown_category: ')
    assert.equal(verdict('__proto__', {}), 'unknown_category: ')
    assert.equal(verdict('PIT', JSON.parse('{"__proto__": {"depth_m": 9}}')), 'missing_parameters: depth_m')
  })

  test('PLAN-1: a name outside the vocabulary decides nothing and is pointed out', ({ assert }) => {
    const result = assessWork({ category: 'TUN_J', parameters: { diameter_m: 3.2 } }, regulation)
    assert.isFalse(isFailed(result))
    if (!isFailed(result)) assert.equal(result.reminders[0]?.code, 'parameters_not_used')
  })

  test('PLAN-1: in a list each work is judged by itself', ({ assert }) => {
    const works = [
      { category: 'PIT', parameters: { depth_m: 13.8 } },
      { category: 'PIT', parameters: {} },
      { category: 'PC' },
    ]
    const { results, failed } = assessAll(works, regulation)
    assert.equal(failed, 1)
    assert.deepEqual(
      results.map((one) => (isFailed(one) ? one.error.code : one.review_required)),
      [true, 'missing_parameters', false]
    )
    assert.lengthOf(assessAll(works[0], regulation).results, 1)
  })

  test('PLAN-1: the strictest work of a plan holds', ({ assert }) => {
    const roof = [
      { category: 'STEEL', parameters: { span_m: 30 } },
      { category: 'LIFT', parameters: { weight_kn: 4200 } },
    ]
    assert.containSubset(assessPlan(roof, regulation), { hazardous: true, review_required: true })
    assert.property(assessPlan([...roof, { category: 'PIT' }], regulation), 'errors')
  })
})
