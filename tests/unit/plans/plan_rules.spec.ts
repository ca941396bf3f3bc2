import { test } from '@japa/runner'
import { type Approval, missingApprovals } from '#plans/domain/plan_carries_both_approvals'
import { missingParts } from '#plans/domain/plan_has_its_chapters_and_drawings'
import { planKeyInputs } from '#plans/domain/plan_key_inputs'
import { partyFaults } from '#plans/domain/parties_are_all_named'
import { defectGroupsFor, selfCheckFaults, type Tick } from '#plans/domain/severe_defect_stops_the_next_step'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const page = (code: string) => ({ code, page: 7 })

test.group('Completeness of a plan', () => {
  const chapters = regulation.chapters.map((chapter) => page(chapter.code))
  const drawings = [
    'site_plan',
    'surroundings',
    'monitoring_points',
    'excavation',
    'sequence',
    'ramp_closing',
  ].map(page)

  test('PLAN-2: nine chapters and the six drawings of a pit', ({ assert }) => {
    assert.lengthOf(chapters, 9)
    assert.deepEqual(missingParts(['PIT'], chapters, drawings, regulation), {
      complete: true,
      chapters: [],
      drawings: [],
    })
  })

  test('PLAN-2: what is absent or has no page is named', ({ assert }) => {
    const spoilt = [...chapters.slice(1, 8), { code: 'overview', page: 0 }]
    const without = drawings.filter((drawing) => drawing.code !== 'ramp_closing')
    assert.deepEqual(missingParts(['PIT'], spoilt, without, regulation), {
      complete: false,
      chapters: ['overview', 'calculations'],
      drawings: ['ramp_closing'],
    })
  })

  test('PLAN-2: works of two types ask for the drawings of both', ({ assert }) => {
    const missing = missingParts(['PIT', 'PILE'], chapters, drawings, regulation).drawings
    assert.deepEqual(missing, ['layout', 'lining'])
  })
})

test.group('Approvals of a plan', () => {
  const session = { form: 'session' } as const
  const contractor: Approval = { kind: 'contractor', version_hash: 'v3', approved: true, evidence: session }
  const supervision: Approval = { ...contractor, kind: 'supervision' }
  const subcontractor: Approval = { ...contractor, kind: 'subcontractor' }
  const plan = {
    version_hash: 'v3',
    written_by_subcontractor: false,
    site_fit_declared: true,
    approvals: [contractor, supervision],
  }
  const codes = (given: typeof plan) => missingApprovals(given).map((one) => one.code)

  test('PLAN-3: technical head, chief supervising engineer and the declaration', ({ assert }) => {
    assert.deepEqual(codes(plan), [])
    assert.deepEqual(codes({ ...plan, approvals: [contractor], site_fit_declared: false }), [
      'supervision_review',
      'site_fit_declaration',
    ])
  })

  test('PLAN-3: both technical heads for a plan of a subcontractor', ({ assert }) => {
    assert.deepEqual(codes({ ...plan, written_by_subcontractor: true }), ['subcontractor_review'])
    const approvals = [contractor, supervision, subcontractor]
    assert.deepEqual(codes({ ...plan, written_by_subcontractor: true, approvals }), [])
  })

  test('PLAN-3: an approval of another version, or one taken back, counts for nothing', ({ assert }) => {
    assert.deepEqual(codes({ ...plan, version_hash: 'v4' }), ['contractor_review', 'supervision_review'])
    const refused = { ...supervision, approved: false }
    assert.deepEqual(codes({ ...plan, approvals: [contractor, supervision, refused] }), [
      'supervision_review',
    ])
  })

  test('PLAN-3: a scanned page shows signature, seal and registration number', ({ assert }) => {
    const scan = { form: 'scan', has_signature: false, has_seal: false, registration_number: ' ' } as const
    const approvals = [contractor, { ...supervision, evidence: scan }]
    assert.deepEqual(codes({ ...plan, approvals }), [
      'scan_without_signature',
      'scan_without_seal',
      'scan_without_registration_number',
    ])
  })
})

test.group('Self-check for severe defects', () => {
  const items = defectGroupsFor(['PIT'], regulation).flatMap((group) => group.items.map((item) => item.code))
  const clean: Tick[] = items.map((item) => ({ item, state: 'none', page: 12 }))
  const change = (item: string, tick: Partial<Tick>) =>
    clean.map((one) => (one.item === item ? { ...one, ...tick } : one))

  test('PLAN-7: a pit has 17 general items and 5 of its own', ({ assert }) => {
    assert.lengthOf(items, 22)
    assert.deepEqual(selfCheckFaults(['PIT'], clean, regulation), [])
  })

  test('PLAN-7: each category has the groups of its type', ({ assert }) => {
    const groups = (category: string) => defectGroupsFor([category], regulation).map((group) => group.group)
    assert.deepEqual(groups('FWK'), ['一', '三'])
    assert.deepEqual(groups('TUN_J'), ['一', '七'])
    assert.deepEqual(groups('UW'), ['一'])
    assert.deepEqual(groups('SPACE'), ['一', '十'])
  })

  test('PLAN-7: a defect that is present stops the next step', ({ assert }) => {
    const ticks = change('二.5', { state: 'present' })
    assert.deepEqual(selfCheckFaults(['PIT'], ticks, regulation), [{ code: 'defect_present', item: '二.5' }])
  })

  test('PLAN-7: "none" names a page, "not applicable" needs none, nothing is left out', ({ assert }) => {
    assert.deepEqual(selfCheckFaults(['PIT'], change('一.16', { page: null }), regulation), [
      { code: 'page_missing', item: '一.16' },
    ])
    const without = change('一.12', { state: 'not_applicable', page: null })
    assert.deepEqual(selfCheckFaults(['PIT'], without, regulation), [])
    assert.deepEqual(selfCheckFaults(['PIT'], clean.slice(1), regulation), [
      { code: 'item_not_ticked', item: '一.1' },
    ])
    const stray: Tick = { item: '三.1', state: 'none', page: 1 }
    assert.deepEqual(selfCheckFaults(['PIT'], [...clean, stray, clean[0]!], regulation), [
      { code: 'item_ticked_twice', item: '一.1' },
      { code: 'item_not_of_this_plan', item: '三.1' },
    ])
  })
})

test.group('Parties and identity of a plan', () => {
  const all = regulation.parties.map((party) => ({
    kind: party.code,
    organisation_id: 'o',
    not_yet_appointed: false,
  }))
  const pend = (kind: string) =>
    all.map((party) =>
      party.kind === kind ? { kind, organisation_id: null, not_yet_appointed: true } : party
    )

  test('PLAN-5: every party is named or, where it may be, not yet appointed', ({ assert }) => {
    assert.deepEqual(partyFaults(all, regulation), { faults: [], pending: [] })
    assert.deepEqual(partyFaults(pend('monitoring'), regulation), { faults: [], pending: ['monitoring'] })
    assert.deepEqual(partyFaults(pend('design'), regulation).faults, [
      { code: 'party_must_be_appointed', kind: 'design' },
    ])
    assert.deepEqual(partyFaults(all.slice(1), regulation).faults, [
      { code: 'party_not_named', kind: 'owner' },
    ])
    const odd = { kind: 'friend', organisation_id: 'o', not_yet_appointed: false }
    assert.deepEqual(partyFaults([...all, odd], regulation).faults, [
      { code: 'party_unknown', kind: 'friend' },
    ])
  })

  test('DRAW-6: spelling, order and width do not make another plan', ({ assert }) => {
    const plain = planKeyInputs({
      permit_code: '4501-2026-a07',
      categories: ['LIFT', 'STEEL'],
      part: 'A-07 地块',
      round: 1,
    })
    const odd = planKeyInputs({
      permit_code: ' ４５０１－２０２６ Ａ０７',
      categories: ['STEEL', 'LIFT', 'STEEL'],
      part: 'Ａ—０７　地块。',
      round: 1,
    })
    assert.deepEqual(odd, plain)
    assert.deepEqual(plain, {
      ok: true,
      value: { categories: ['LIFT', 'STEEL'], part: 'A07地块', permit_code: '45012026A07', round: 1 },
    })
  })

  test('DRAW-6: another permit, part or round is another plan; nothing is no plan', ({ assert }) => {
    const base = { permit_code: 'P1', categories: ['PIT'], part: '', round: 1 }
    const keys = [base, { ...base, permit_code: 'P2' }, { ...base, part: '二' }, { ...base, round: 2 }]
    assert.equal(new Set(keys.map((key) => JSON.stringify(planKeyInputs(key)))).size, 4)
    for (const bad of [{ permit_code: ' -' }, { categories: [] }, { round: 0 }, { round: 1.5 }]) {
      assert.isFalse(planKeyInputs({ ...base, ...bad }).ok)
    }
  })
})
