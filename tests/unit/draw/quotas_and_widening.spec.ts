import { test } from '@japa/runner'
import { readRules } from '#lib/draw/rules'
import { admissionOf, type PoolFacts, specialtiesWithin } from '#draw/domain/a_pool_widens_by_the_rules'
import { drawRules, quotasOf } from '#draw/domain/draw_rules_follow_from_the_regulation'
import type { DrawFacts } from '#draw/domain/facts'
import { poolCandidates, type PoolExpert } from '#draw/domain/pool_follows_from_the_library'
import { tagsOf } from '#draw/domain/tags_follow_from_the_works'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const [nearSpecialty, nearCity] = regulation.draw_widening
const steps = [nearSpecialty!, nearCity!]
const works = [{ category: 'PIT', parameters: { depth_m: 13.8 } }]
const tags = tagsOf(works, regulation)
const keys = { serverKey: 'aa'.repeat(32), witnessKey: 'bb'.repeat(32), saltKeyCommitment: 'cc'.repeat(32) }

const facts = (change: Partial<PoolFacts>): PoolFacts => {
  return { specialties: ['geotechnical'], methods: [], lost_specialties: [], home_city: null, ...change }
}

test.group('Quotas of a draw', () => {
  test('DRAW-4: follow from category and regulation, and the rules record may hold them', ({ assert }) => {
    assert.deepEqual(quotasOf(tags, regulation), [
      { specialty: 'geotechnical', min: 4, max: 7 },
      { specialty: 'hydrogeology', min: 0, max: 2 },
      { specialty: 'monitoring', min: 0, max: 2 },
      { specialty: 'safety', min: 0, max: 2 },
      { specialty: 'structure', min: 0, max: 2 },
    ])
    for (const category of regulation.categories) {
      for (const other of [category, regulation.categories[0]!]) {
        const both = [category, other].map(({ code }) => ({ category: code, parameters: {} }))
        const rules = drawRules(both, regulation, keys)
        assert.isDefined(readRules(rules), `${category.code} ${other.code}`)
        const main = rules.quotas.find(({ specialty }) => specialty === rules.panel.mainSpecialty)!
        assert.isAtLeast(main.min, rules.panel.minMain)
        assert.isAtLeast(
          rules.quotas.reduce((sum, { max }) => sum + max, 0),
          10
        )
        // A companion is needed too, so the main specialty can't fill the ten.
        assert.isBelow(main.max, 10)
      }
    }
  })

  test('DRAW-9: the rules record names the steps by which the pool was widened, if any', ({ assert }) => {
    assert.notProperty(drawRules(works, regulation, keys), 'widening')
    const widening = [{ step: 'neighbouring_specialty', because: 'too_few_sets' }] as const
    const rules = drawRules(works, regulation, keys, widening)
    assert.deepEqual(rules.widening, widening)
    assert.isDefined(readRules(rules))
  })
})

test.group('Widening of a pool', () => {
  const admitted = (change: Partial<PoolFacts>, taken: number) =>
    admissionOf(facts(change), tags, steps.slice(0, taken))

  test('DRAW-1: who matches without a step stays as they are, whatever steps are taken', ({ assert }) => {
    for (const taken of [0, 1, 2]) {
      assert.deepEqual(admitted({}, taken), {
        place: { isMain: true, specialty: 'geotechnical' },
        expert: facts({}),
        standsInWith: null,
        cameBy: null,
      })
      const companion = admitted({ specialties: ['monitoring', 'tunnel'] }, taken)
      assert.deepEqual(companion?.place, { isMain: false, specialty: 'monitoring' })
      assert.isNull(companion!.cameBy)
    }
  })

  test('DRAW-1: a neighbouring specialty stands in from its step on, and not before', ({ assert }) => {
    assert.isNull(admitted({ specialties: ['tunnel'] }, 0))
    for (const taken of [1, 2]) {
      const tunnel = admitted({ specialties: ['tunnel'] }, taken)!
      assert.deepEqual(tunnel.place, { isMain: true, specialty: 'geotechnical' })
      assert.equal(tunnel.standsInWith, 'tunnel')
      assert.deepEqual(tunnel.cameBy, { step: 'neighbouring_specialty', from: 'tunnel' })
    }
    assert.deepEqual(admitted({ specialties: ['bridge'] }, 1)?.place, {
      isMain: false,
      specialty: 'structure',
    })
    assert.isNull(admitted({ specialties: ['demolition'] }, 2))
  })

  test('DRAW-1: neighbouring cities come last, those of other cities never', ({ assert }) => {
    const far = { home_city: 'laibin' }
    assert.isNull(admitted(far, 0))
    assert.isNull(admitted(far, 1))
    assert.deepEqual(admitted(far, 2)!.cameBy, { step: 'neighbouring_city', from: 'laibin' })
    assert.isNull(admitted(far, 2)!.standsInWith)
    const both = admitted({ ...far, specialties: ['tunnel'] }, 2)!
    assert.deepEqual(both.cameBy, { step: 'neighbouring_city', from: 'laibin' })
    assert.equal(both.standsInWith, 'tunnel')
    assert.isNull(admitted({ home_city: 'guilin' }, 2))
  })

  test('DRAW-1: no methods are asked of who stands in, since they belong to specialties', ({ assert }) => {
    const jacking = tagsOf([{ category: 'TUN_J', parameters: {} }], regulation)
    const underwater = admissionOf(facts({ specialties: ['underwater'] }), jacking, steps)
    assert.deepEqual(underwater?.place, { isMain: true, specialty: 'tunnel' })
    // Who holds the specialty itself without the method stays out, as ever.
    const unskilled = admissionOf(facts({ specialties: ['tunnel'] }), jacking, steps)
    assert.isNull(unskilled!.cameBy)
    assert.deepEqual(unskilled!.expert.methods, [])
  })

  test('DRAW-1: the library is read for the specialties of the steps taken', ({ assert }) => {
    assert.sameMembers(specialtiesWithin(tags, []), ['geotechnical', ...tags.companions])
    const wide = specialtiesWithin(tags, steps)
    assert.includeMembers(wide, ['tunnel', 'underwater', 'bridge', 'steel'])
    assert.notInclude(wide, 'scaffold')
  })

  test('DRAW-9: the pool says of each who came in by which step; reasons against them count as ever', ({
    assert,
  }) => {
    const draw: DrawFacts = {
      works,
      organiser_id: 'firm',
      agency_id: null,
      parties: [],
      meeting_day: '2026-03-18',
    }
    const expert = (rosterNo: string, change: Partial<PoolExpert>): PoolExpert => {
      return {
        id: rosterNo,
        userId: rosterNo,
        rosterNo,
        name: rosterNo,
        employer: { id: rosterNo, name: rosterNo },
        state: 'listed',
        term_until: '2027-12-31',
        birth_year: 1966,
        grade: 'A',
        employments: [],
        leaves: [],
        reviews_in_month: 0,
        earlier_reviews: [],
        declared_interest: false,
        ...facts({}),
        ...change,
      }
    }
    const library = [
      expert('N1', {}),
      expert('N2', { specialties: ['tunnel'] }),
      expert('N3', { specialties: ['tunnel'], state: 'suspended' }),
      expert('N4', { home_city: 'baise' }),
    ]
    const pool = (taken: number) =>
      poolCandidates(library, draw, regulation, steps.slice(0, taken)).map(
        ({ id, specialty, matched, excluded, cameBy }) => [id, specialty, matched, excluded, cameBy?.step]
      )
    const direct = ['N1', 'geotechnical', 'geotechnical', null, undefined]
    assert.deepEqual(pool(0), [direct])
    const near = [
      ['N2', 'geotechnical', 'tunnel', null, 'neighbouring_specialty'],
      ['N3', 'geotechnical', 'tunnel', 'suspended', 'neighbouring_specialty'],
    ]
    assert.deepEqual(pool(1), [direct, ...near])
    assert.deepEqual(pool(2), [
      direct,
      ...near,
      ['N4', 'geotechnical', 'geotechnical', null, 'neighbouring_city'],
    ])
  })
})
