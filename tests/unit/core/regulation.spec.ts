import { test } from '@japa/runner'
import { withCorrections } from '#core/regulation/corrections'
import { loadRegulation, parseRegulation } from '#core/regulation/load_regulation'
import { nanning, nanningJson } from './nanning.ts'

test.group('Regulation file', () => {
  test('every value has its rule and a clause of a known source', async ({ assert }) => {
    const regulation = await nanning()
    const rules = new Set(Object.values(regulation.values).map((value) => value.rule))
    assert.isAbove(rules.size, 15)
    assert.equal(regulation.values['draw.pushed'].value, 10)
    assert.equal(regulation.values['panel.minimum'].value, 5)
    assert.equal(regulation.values['invitation.answer_hours'].value, 4)
  })

  test('PLAN-7: holds the 80 items in ten groups', async ({ assert }) => {
    const { severe_defects: groups } = await nanning()
    assert.deepEqual(
      groups.map((group) => group.items.length),
      [17, 5, 6, 11, 5, 5, 11, 6, 5, 9]
    )
    assert.equal(groups[1]?.items[4]?.code, '二.5')
    assert.equal(groups[1]?.items[4]?.zh, '未明确支撑工程拆撑条件及拆撑顺序。')
  })

  test('the hash stands for the content, not for its spelling', async ({ assert }) => {
    const json = await nanningJson()
    const reordered = Object.fromEntries(Object.entries(json).toReversed())
    const before = parseRegulation(json)
    const same = parseRegulation(reordered)
    json.values['draw.pushed'].value = 11
    const other = parseRegulation(json)
    assert.isTrue(before.ok && same.ok && other.ok)
    if (!before.ok || !same.ok || !other.ok) return
    assert.match(before.value.hash, /^[0-9a-f]{64}$/)
    assert.equal(before.value.hash, same.value.hash)
    assert.notEqual(before.value.hash, other.value.hash)
  })

  const spoilt: [string, (json: any) => void, { code: string; path: string }][] = [
    ['a key too many', (j) => (j.extra = 1), { code: 'unknown_key', path: '$.extra' }],
    [
      'a value missing',
      (j) => delete j.values['filing.days'],
      { code: 'missing', path: '$.values.filing.days' },
    ],
    [
      'text for a number',
      (j) => (j.values['draw.pushed'].value = '10'),
      { code: 'wrong_type', path: '$.values.draw.pushed.value' },
    ],
    [
      'a fraction',
      (j) => (j.values['draw.pushed'].value = 9.5),
      { code: 'wrong_type', path: '$.values.draw.pushed.value' },
    ],
    [
      'quotas whose least is above their greatest',
      (j) => (j.values['draw.minimum_main_specialty'].value = 8),
      { code: 'out_of_range', path: '$.values.draw.maximum_main_specialty.value' },
    ],
    [
      'quotas that leave no ten',
      (j) => {
        j.values['draw.minimum_main_specialty'].value = 3
        j.values['draw.maximum_main_specialty'].value = 3
      },
      { code: 'out_of_range', path: '$.values.draw.maximum_main_specialty.value' },
    ],
    [
      'a step of widening to a city not listed',
      (j) => j.draw_widening[1].cities.push('atlantis'),
      { code: 'unknown_reference', path: '$.draw_widening[1].cities' },
    ],
    [
      'a step of widening to a specialty not listed',
      (j) => (j.draw_widening[0].specialties[0].near = ['alchemy']),
      { code: 'unknown_reference', path: '$.draw_widening[0].specialties[0]' },
    ],
    [
      'a step of widening twice',
      (j) => j.draw_widening.push(j.draw_widening[0]),
      { code: 'duplicate', path: '$.draw_widening[2].code' },
    ],
    [
      'a value out of range',
      (j) => (j.values['invitation.window_closes_hour'].value = 25),
      { code: 'out_of_range', path: '$.values.invitation.window_closes_hour.value' },
    ],
    [
      'an unknown source',
      (j) => (j.values['filing.days'].clause.source = 'XX'),
      { code: 'unknown_reference', path: '$.values.filing.days.clause.source' },
    ],
    [
      'an unknown specialty',
      (j) => (j.categories[0].main_specialties = ['alchemy']),
      { code: 'unknown_reference', path: '$.categories[0].main_specialties' },
    ],
    [
      'a condition on nothing',
      (j) => (j.categories[0].review_required[0].when[0].parameter = 'depth'),
      { code: 'unknown_reference', path: '$.categories[0].review_required[0].when[0].parameter' },
    ],
    [
      'a bound on a yes or no',
      (j) => (j.categories[0].review_required[0].when[0].parameter = 'heritage_zone'),
      { code: 'unknown_reference', path: '$.categories[0].review_required[0].when[0].parameter' },
    ],
    [
      'a category twice',
      (j) => j.categories.push(j.categories[0]),
      { code: 'duplicate', path: '$.categories[24].code' },
    ],
    [
      'a day that is none',
      (j) => (j.valid_from = '2026-13-01'),
      { code: 'not_allowed', path: '$.valid_from' },
    ],
    [
      'no row for the rest of the risks',
      (j) => j.grade_table.pop(),
      { code: 'not_allowed', path: '$.grade_table' },
    ],
  ]
  for (const [title, spoil, error] of spoilt) {
    test(`names the place of ${title}`, async ({ assert }) => {
      const json = await nanningJson()
      spoil(json)
      const parsed = parseRegulation(json)
      assert.isFalse(parsed.ok)
      if (!parsed.ok) assert.containSubset(parsed.error, error)
    })
  }

  test('a bound may be a decimal fraction written as text', async ({ assert }) => {
    const json = await nanningJson()
    json.categories[0].review_required[0].when[0].at_least = '4.5'
    const parsed = parseRegulation(json)
    assert.isTrue(parsed.ok)
    if (parsed.ok) {
      assert.deepEqual(parsed.value.categories[0]?.review_required[0]?.when[0], {
        parameter: 'depth_m',
        at_least: 4.5,
      })
    }
  })

  test('an unknown or crooked id is not found', async ({ assert }) => {
    for (const id of ['liuzhou', '../package', 'rules', '']) {
      const loaded = await loadRegulation(id)
      assert.isFalse(loaded.ok)
      if (!loaded.ok) assert.equal(loaded.error.code, 'not_found')
    }
  })

  test('nobody changes it in passing', async ({ assert }) => {
    const regulation = await nanning()
    assert.throws(() => {
      regulation.values['draw.pushed'].value = 3
    })
  })

  test('corrections are laid over it from their day on', async ({ assert }) => {
    const json = await nanningJson()
    const rows = [
      { path: '/severe_defects/0/items/0/zh', value: '第二次更正', from: '2026-05-01' },
      { path: '/severe_defects/0/items/0/zh', value: '第一次更正', from: '2026-03-01' },
    ]
    const wording = (day: string) => {
      const corrected = withCorrections(json, rows, day)
      return corrected.ok ? (corrected.value as any).severe_defects[0].items[0].zh : corrected.error.code
    }
    assert.equal(wording('2026-02-28'), '无工程及周边环境情况描述。')
    assert.equal(wording('2026-03-01'), '第一次更正')
    assert.equal(wording('2026-06-01'), '第二次更正')
    const lost = withCorrections(json, [{ path: '/values/none', value: 1, from: '2026-01-01' }], '2026-06-01')
    assert.deepEqual(lost, { ok: false, error: { code: 'correction_has_no_place', path: '/values/none' } })
  })
})
