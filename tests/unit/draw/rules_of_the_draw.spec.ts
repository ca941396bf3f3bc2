import { test } from '@japa/runner'
import { parseRegulation } from '#core/regulation/load_regulation'
import { answerCounts, replacementAllowed } from '#draw/domain/answer_counts'
import { defaultPanel } from '#draw/domain/default_panel'
import { exclusionsOf } from '#draw/domain/exclusions'
import { matchOf } from '#draw/domain/expert_matches_the_plan'
import type { DrawFacts, Employment, ExpertFacts } from '#draw/domain/facts'
import { riskOf } from '#draw/domain/grade_fits_the_risk'
import { assignLetters } from '#draw/domain/letters_are_never_reassigned'
import { type Candidate, checkPanel, type Panel, panelMayBeConfirmed } from '#draw/domain/panel_is_valid'
import { nextPlace, PLACE_STATES, PLACE_TRANSITIONS } from '#draw/domain/place_transitions'
import { specialtiesOf, tagsOf } from '#draw/domain/tags_follow_from_the_works'
import { nanning, nanningJson } from '../core/nanning.ts'

const regulation = await nanning()
const pit = { category: 'PIT', parameters: { depth_m: 13.8 } }

const draw: DrawFacts = {
  works: [pit],
  organiser_id: 'firm',
  agency_id: 'agency',
  parties: [
    { kind: 'design', organisation_id: 'designer', group_id: 'g1' },
    { kind: 'general_contractor', organisation_id: 'firm', group_id: null },
  ],
  meeting_day: '2026-03-18',
}

const job: Employment = {
  employer_id: 'institute',
  name: '勘察院',
  group_id: null,
  from: '2010-01-01',
  until: null,
  retired_from: false,
}

function expert(change: Partial<ExpertFacts> = {}): ExpertFacts {
  return {
    id: 'E001',
    state: 'listed',
    term_until: '2027-12-31',
    birth_year: 1966,
    grade: 'A',
    specialties: ['geotechnical'],
    methods: ['strut'],
    employments: [job],
    leaves: [],
    reviews_in_month: 0,
    earlier_reviews: [],
    declared_interest: false,
    ...change,
  }
}

const reasons = (change: Partial<ExpertFacts>, given = draw, by = regulation) =>
  exclusionsOf(expert(change), given, by).map((one) => `${one.rule} ${one.code}`)

test.group('Who can be drawn', () => {
  test('DRAW-5: a reason that comes from an employer names the expert’s own, as their record has it', ({
    assert,
  }) => {
    const former = { ...job, employer_id: 'designer', name: '设计院', until: '2024-01-01' }
    const firm = { ...job, employer_id: 'firm', name: '总包单位' }
    const found = exclusionsOf(expert({ employments: [firm, former] }), draw, regulation)
    assert.deepEqual(
      found.map(({ code, employer }) => [code, employer]),
      [
        ['party_former_employer', '设计院'],
        ['party_employer', '总包单位'],
      ]
    )
    const group = { ...draw, parties: [{ kind: 'design', organisation_id: 'sister', group_id: 'g1' }] }
    const counts = structuredClone(regulation)
    counts.values['draw.group_counts_as_employer'].value = true
    const [sister] = exclusionsOf(expert({ employments: [{ ...job, group_id: 'g1' }] }), group, counts)
    assert.deepEqual([sister!.code, sister!.employer], ['party_group', '勘察院'])
  })

  test('DRAW-1: whoever matches a plan holds one of the specialties that the library is read by', ({
    assert,
  }) => {
    const works = regulation.categories.map(({ code }) => [{ category: code, parameters: {} }])
    for (const tags of [...works, [...works[0]!, ...works[1]!]].map((one) => tagsOf(one, regulation))) {
      const methods = tags.main.flatMap((one) => one.methods)
      const matching = regulation.specialties
        .map(({ code }) => code)
        .filter((code) => matchOf({ specialties: [code], methods }, tags) !== null)
      assert.sameMembers(specialtiesOf(tags), matching)
    }
  })

  test('DRAW-1: the tags of a pit follow from its category', ({ assert }) => {
    assert.deepEqual(tagsOf([pit], regulation), {
      main: [{ category: 'PIT', specialties: ['geotechnical'], methods: [] }],
      companions: ['hydrogeology', 'monitoring', 'safety', 'structure'],
    })
  })

  test('DRAW-12: several works have the union of their tags, in whatever order', ({ assert }) => {
    const jacking = { category: 'TUN_J', parameters: {} }
    assert.deepEqual(tagsOf([pit, jacking], regulation), tagsOf([jacking, pit, pit], regulation))
    assert.lengthOf(tagsOf([pit, jacking], regulation).main, 2)
  })

  test('DRAW-1: demolition beside protected buildings asks for monitoring too', ({ assert }) => {
    const companions = (heritage_zone: boolean) =>
      tagsOf([{ category: 'DEMO', parameters: { heritage_zone } }], regulation).companions
    assert.include(companions(true), 'monitoring')
    assert.notInclude(companions(false), 'monitoring')
  })

  test('DRAW-1: parameters add tags where the regulation says so', async ({ assert }) => {
    const json = await nanningJson()
    json.categories[0].tag_rules = [
      {
        when: [{ parameter: 'depth_m', at_least: 10 }],
        companion_specialties: ['electrical'],
        methods: ['strut'],
      },
    ]
    const parsed = parseRegulation(json)
    if (!parsed.ok) throw new Error(parsed.error.path)
    assert.include(tagsOf([pit], parsed.value).companions, 'electrical')
    const shallow = { category: 'PIT', parameters: { depth_m: 9.9 } }
    assert.notInclude(tagsOf([shallow], parsed.value).companions, 'electrical')
    assert.isNull(
      matchOf({ specialties: ['geotechnical'], methods: ['anchor'] }, tagsOf([pit], parsed.value))
    )
  })

  test('DRAW-1: main before companion; a method is needed where the work names one', ({ assert }) => {
    const jacking = tagsOf([{ category: 'TUN_J', parameters: {} }], regulation)
    const tunnel = (methods: string[]) => matchOf({ specialties: ['tunnel'], methods }, jacking)
    assert.deepEqual(tunnel(['pipe_jacking']), { kind: 'main', specialty: 'tunnel' })
    assert.isNull(tunnel(['shield']))
    const both = { specialties: ['structure', 'geotechnical'], methods: [] }
    assert.deepEqual(matchOf(both, tagsOf([pit], regulation)), { kind: 'main', specialty: 'geotechnical' })
    assert.deepEqual(matchOf(both, jacking), { kind: 'companion', specialty: 'geotechnical' })
    assert.isNull(matchOf({ specialties: ['curtain_wall'], methods: [] }, tagsOf([pit], regulation)))
  })

  test('an expert in good standing has no reason against them', ({ assert }) => {
    assert.deepEqual(reasons({}), [])
  })

  const cases: [string, string, Partial<ExpertFacts>, string[]][] = [
    ['REG-1', 'suspended', { state: 'suspended' }, ['REG-1 suspended']],
    ['REG-1', 'only in publicity', { state: 'in_publicity' }, ['REG-1 not_listed']],
    ['REG-3', 'term over on the day', { term_until: '2026-03-17' }, ['REG-3 term_expired']],
    ['REG-3', 'term ends on the very day', { term_until: '2026-03-18' }, []],
    [
      'REG-3',
      'on leave on the day',
      { leaves: [{ from: '2026-03-18', until: '2026-03-20' }] },
      ['REG-3 on_leave'],
    ],
    ['REG-3', 'on leave until the eve', { leaves: [{ from: '2026-03-01', until: '2026-03-17' }] }, []],
    ['DRAW-1', 'another specialty', { specialties: ['curtain_wall'] }, ['DRAW-1 specialty']],
    ['DRAW-8', 'the sixth review is the last', { reviews_in_month: 6 }, ['DRAW-8 monthly_cap']],
    ['DRAW-8', 'a sixth place is free', { reviews_in_month: 5 }, []],
    [
      'DRAW-5',
      'works for the designer',
      { employments: [{ ...job, employer_id: 'designer' }] },
      ['DRAW-5 party_employer'],
    ],
    [
      'DRAW-5',
      'left the designer 3 years ago to the day',
      { employments: [job, { ...job, employer_id: 'designer', until: '2023-03-18' }] },
      ['DRAW-5 party_former_employer'],
    ],
    [
      'DRAW-5',
      'left the designer a day earlier',
      { employments: [job, { ...job, employer_id: 'designer', until: '2023-03-17' }] },
      [],
    ],
    [
      'DRAW-5',
      'retired from the designer long ago',
      { employments: [{ ...job, employer_id: 'designer', until: '2012-01-01', retired_from: true }] },
      ['DRAW-5 party_former_employer'],
    ],
    ['DRAW-5', 'a sister company does not count here', { employments: [{ ...job, group_id: 'g1' }] }, []],
    ['DRAW-5', 'declared an interest', { declared_interest: true }, ['DRAW-5 declared_interest']],
    [
      'DRAW-6',
      'same plan, same organiser and agency',
      { earlier_reviews: [{ organiser_id: 'firm', agency_id: 'agency' }] },
      [],
    ],
    [
      'DRAW-6',
      'same plan for another organiser',
      { earlier_reviews: [{ organiser_id: 'rival', agency_id: 'agency' }] },
      ['DRAW-6 reviewed_this_plan'],
    ],
    [
      'DRAW-6',
      'same plan under another agency',
      { earlier_reviews: [{ organiser_id: 'firm', agency_id: null }] },
      ['DRAW-6 reviewed_this_plan'],
    ],
  ]
  for (const [rule, title, change, expected] of cases) {
    test(`${rule}: ${title}`, ({ assert }) => {
      assert.deepEqual(reasons(change), expected)
    })
  }

  test('DRAW-5, DRAW-6, REG-3: the values of another city decide otherwise', async ({ assert }) => {
    const json = await nanningJson()
    json.values['draw.group_counts_as_employer'].value = true
    json.values['draw.earlier_members_may_return'].value = false
    json.values['library.age_limit'].value = 59
    const parsed = parseRegulation(json)
    if (!parsed.ok) throw new Error(parsed.error.path)
    const change = {
      employments: [{ ...job, group_id: 'g1' }],
      earlier_reviews: [{ organiser_id: 'firm', agency_id: 'agency' }],
    }
    assert.deepEqual(reasons(change, draw, parsed.value), [
      'REG-3 over_age_limit',
      'DRAW-5 party_group',
      'DRAW-6 reviewed_this_plan',
    ])
  })

  test('DRAW-8: second grade sits in ordinary risk, not in exceptional', ({ assert }) => {
    assert.deepEqual(reasons({ grade: 'B' }), [])
    const deep = { ...draw, works: [{ category: 'PIT', parameters: { depth_m: 20 } }] }
    assert.deepEqual(reasons({ grade: 'B' }, deep), ['DRAW-8 grade'])
    assert.deepEqual(reasons({ grade: 'A' }, deep), [])
    assert.equal(riskOf([{ category: 'FWK', parameters: { span_m: 20 } }], regulation).risk, 'exceptional')
  })
})

const sit = (id: string, specialty = 'geotechnical', change: Partial<Candidate> = {}): Candidate => ({
  id,
  employer_ids: [`${id}-co`],
  match: { kind: specialty === 'geotechnical' ? 'main' : 'companion', specialty },
  stands_in: false,
  accepted: true,
  exclusions: [],
  ...change,
})
const five = [sit('a'), sit('b'), sit('c'), sit('d', 'structure'), sit('e', 'monitoring')]
const panel: Panel = { members: five, leader_id: 'b', alternates: [sit('x'), sit('y', 'safety')] }
const failing = (change: Partial<Panel>) =>
  checkPanel({ ...panel, ...change }, regulation).flatMap((check) =>
    check.ok ? [] : [`${check.rule} ${check.code} ${check.have}/${check.need}`]
  )
const swap = (index: number, member: Candidate) => ({ members: five.with(index, member) })

test.group('Panel', () => {
  test('DRAW-10: a panel that keeps every rule may be confirmed', ({ assert }) => {
    assert.deepEqual(failing({}), [])
    assert.isTrue(panelMayBeConfirmed(panel, regulation))
    assert.isFalse(panelMayBeConfirmed({ ...panel, leader_id: null }, regulation))
  })

  test('DRAW-1: five, odd', ({ assert }) => {
    assert.deepEqual(failing({ members: [...five, sit('f')] }), ['DRAW-1 size_and_odd 6/5'])
    assert.deepEqual(failing({ members: [...five, sit('f'), sit('g')] }), [])
    assert.include(
      failing({ members: [sit('a'), sit('b'), sit('c', 'structure')] }),
      'DRAW-1 size_and_odd 3/5'
    )
    assert.include(failing({ members: five.with(4, five[0]!) }), 'DRAW-1 size_and_odd 4/5')
  })

  test('DRAW-4: at least two specialties, three of the main one', ({ assert }) => {
    const same = [...five.slice(0, 3), sit('d'), sit('e')]
    assert.deepEqual(failing({ members: same }), ['DRAW-4 specialties 1/2'])
    assert.deepEqual(failing(swap(0, sit('a', 'safety'))), ['DRAW-4 main_specialty 2/3'])
  })

  test('DRAW-4: no two from one employer, a second employer of one person counts too', ({ assert }) => {
    assert.deepEqual(failing(swap(4, sit('e', 'monitoring', { employer_ids: ['a-co'] }))), [
      'DRAW-4 employers 4/5',
    ])
    const twice = sit('e', 'monitoring', { employer_ids: ['e-co', 'd-co'] })
    assert.deepEqual(failing(swap(4, twice)), ['DRAW-4 employers 4/5'])
  })

  test('DRAW-4: every member matches the plan', ({ assert }) => {
    assert.deepEqual(failing(swap(4, sit('e', 'monitoring', { match: null }))), ['DRAW-4 all_match 4/5'])
  })

  test('DRAW-5, DRAW-6, DRAW-8: a reason that came up after the draw shows in its own line', ({ assert }) => {
    const barred = (rule: string, code: string) =>
      failing(swap(4, sit('e', 'monitoring', { exclusions: [{ rule, code }] })))
    assert.deepEqual(barred('DRAW-5', 'party_employer'), ['DRAW-5 no_interest 4/5'])
    assert.deepEqual(barred('DRAW-6', 'reviewed_this_plan'), ['DRAW-6 no_earlier_review 4/5'])
    assert.deepEqual(barred('REG-1', 'suspended'), ['DRAW-8 good_standing 4/5'])
  })

  test('DRAW-13: only who accepted sits', ({ assert }) => {
    assert.deepEqual(failing(swap(4, sit('e', 'monitoring', { accepted: false }))), [
      'DRAW-13 all_accepted 4/5',
    ])
  })

  test('DRAW-3, DRAW-4: the leader is one of the panel and of the main specialty', ({ assert }) => {
    const none = ['DRAW-3 leader 0/1', 'DRAW-4 leader_of_main_specialty 0/1']
    assert.deepEqual(failing({ leader_id: null }), none)
    assert.deepEqual(failing({ leader_id: 'x' }), none)
    assert.deepEqual(failing({ leader_id: 'd' }), ['DRAW-4 leader_of_main_specialty 0/1'])
    assert.deepEqual(failing(swap(1, sit('b', 'geotechnical', { stands_in: true }))), [
      'DRAW-4 leader_of_main_specialty 0/1',
    ])
  })

  test('DRAW-11: two alternates who accepted and do not sit already', ({ assert }) => {
    assert.deepEqual(failing({ alternates: [sit('x')] }), ['DRAW-11 alternates 1/2'])
    assert.deepEqual(failing({ alternates: [sit('x'), sit('a')] }), ['DRAW-11 alternates 1/2'])
    assert.deepEqual(failing({ alternates: [sit('x'), sit('x')] }), ['DRAW-11 alternates 1/2'])
    const unanswered = sit('y', 'safety', { accepted: false })
    assert.deepEqual(failing({ alternates: [sit('x'), unanswered] }), ['DRAW-11 alternates 1/2'])
  })

  test('DRAW-13: the default panel is the first valid five by random order', ({ assert }) => {
    const drawn = ['1', '2', '3', '4', '5'].map((id) => sit(id, 'geotechnical', { accepted: false }))
    drawn[1] = sit('2', 'geotechnical', { employer_ids: ['1-co'] })
    const ten = [...drawn, sit('6', 'structure'), sit('7', 'monitoring')]
    const ids = defaultPanel(ten, regulation)?.map((one) => one.id)
    assert.deepEqual(ids, ['1', '3', '4', '5', '6'])
    assert.isNull(defaultPanel(drawn, regulation))
  })

  test('DRAW-13: letters are fixed and never reassigned', ({ assert }) => {
    const letters = assignLetters('c', ['a', 'b', 'c', 'd', 'e'], ['x', 'y'])
    assert.equal([...letters].map(([id, letter]) => letter + id).join(' '), 'Ac Ba Cb Dd Ee Fx Gy')
    const later = assignLetters('a', ['a', 'b', 'd', 'e', 'x'], ['y', 'z'], letters)
    assert.equal(later.get('c'), 'A')
    assert.equal(later.get('a'), 'B')
    assert.equal(later.get('z'), 'H')
  })
})

test.group('Invitation', () => {
  const deadline = new Date('2026-03-12T18:02:11+08:00')
  const inTime = new Date('2026-03-12T18:02:11+08:00')
  const late = new Date('2026-03-12T18:02:12+08:00')
  const answer = {
    kind: 'accept',
    given_at: inTime,
    from: 'expert',
    confirmed_by_expert_at: null,
    reason: '',
  } as const

  test('DRAW-7: an answer counts until the deadline', ({ assert }) => {
    assert.deepEqual(answerCounts(answer, deadline), { ok: true, value: inTime })
    assert.isFalse(answerCounts({ ...answer, given_at: late }, deadline).ok)
  })

  test('DRAW-7: what an agency notes counts once the expert has confirmed it', ({ assert }) => {
    const note = { ...answer, kind: 'decline', from: 'note' } as const
    assert.deepEqual(answerCounts(note, deadline), { ok: false, error: { code: 'note_not_confirmed' } })
    assert.isTrue(answerCounts({ ...note, confirmed_by_expert_at: inTime }, deadline).ok)
    assert.isFalse(answerCounts({ ...note, confirmed_by_expert_at: late }, deadline).ok)
  })

  test('DRAW-7: excusing oneself takes a reason, and is never too late', ({ assert }) => {
    const recuse = { ...answer, kind: 'recuse', given_at: late } as const
    assert.deepEqual(answerCounts(recuse, deadline), { ok: false, error: { code: 'reason_missing' } })
    assert.isTrue(answerCounts({ ...recuse, reason: '曾任设计顾问' }, deadline).ok)
  })

  test('DRAW-7: ten replacements, then the centre decides', ({ assert }) => {
    assert.deepEqual(replacementAllowed(9, regulation), { ok: true, value: { number: 10 } })
    assert.deepEqual(replacementAllowed(10, regulation), {
      ok: false,
      error: { code: 'replacements_used_up', have: 10, most: 10 },
    })
  })

  test('DRAW-7: nobody but the expert answers', ({ assert }) => {
    for (const event of ['accept', 'decline', 'recuse', 'withdraw']) {
      const by = PLACE_TRANSITIONS.filter((one) => one.event === event).flatMap((one) => one.by)
      assert.deepEqual([...new Set(by)], ['expert'], event)
    }
    assert.deepEqual(nextPlace('INVITED', 'accept', 'agency'), {
      ok: false,
      error: { code: 'actor_may_not', state: 'INVITED', event: 'accept' },
    })
  })

  test('DRAW-11: an alternate steps in; a place that is gone stays gone', ({ assert }) => {
    assert.deepEqual(nextPlace('ALTERNATE', 'step_in', 'leader'), {
      ok: true,
      value: { to: 'PANEL', rule: 'DRAW-11' },
    })
    for (const { event } of PLACE_TRANSITIONS) assert.isFalse(nextPlace('REPLACED', event, 'expert').ok)
    const reached = new Set(['DRAWN', ...PLACE_TRANSITIONS.map((one) => one.to)])
    assert.lengthOf([...reached], PLACE_STATES.length)
  })
})
