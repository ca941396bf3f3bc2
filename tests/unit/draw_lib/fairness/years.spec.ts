import { test } from '@japa/runner'
import { sha256, utf8 } from '#lib/bytes'
import { fairnessReport, type FairnessReport } from '#lib/draw/fairness/report'
import { chanceOf } from '#lib/draw/chances'
import type { KnownDraw } from '#lib/draw/fairness/known_chances'
import { samplerOf } from '#lib/draw/fairness/sampler'
import { seeded, shuffle, type Seeded } from '#lib/draw/fairness/seeded'
import { drawByRounding } from '#lib/draw/rounded_draw'
import { buildRuler, pinned } from '#lib/draw/ruler'
import { WORKED_EXAMPLE } from '../support/fixtures.js'
import { knownDrawsOf, simulatedYear, type Simulated } from './support/simulated_year.js'

const QUOTAS = [
  { specialty: 'GEO', min: 4, max: 7 },
  { specialty: 'MONITOR', min: 1, max: 3 },
  { specialty: 'STRUCT', min: 1, max: 3 },
]
const YEAR: Simulated = { name: 'year', draws: 150, sizes: WORKED_EXAMPLE, out: 8 }
const LIMITS = { alarmPerMille: 10, redraws: 299 }

function codes(report: FairnessReport): string[] {
  return [...new Set(report.flags.map(({ code }) => code))].sort()
}

test.group('SUP-5: the year drawn again', (group) => {
  group.each.timeout(120_000)

  for (const [name, rules] of [
    ['caps', {}],
    ['quotas', { quotas: QUOTAS }],
  ] as const) {
    test(`has the chances of the draw itself, for one and for two together: ${name}`, ({ assert }) => {
      const [known] = knownDrawsOf(simulatedYear({ ...YEAR, name, draws: 1, rules }))
      const { eligible, leaves, chances } = known!
      const runs = 2500
      const random = seeded('sampler', name)
      const sampler = samplerOf(known!)
      const place = new Map(eligible.map(({ id }, i) => [id, i]))
      const real = (run: number) => {
        const seed = sha256(utf8(`${name} ${run}`))
        const drawn =
          chances.by === 'employer'
            ? pinned(buildRuler(leaves, chances, seed, 1))
            : drawByRounding(leaves, chances, seed, 1).drawn
        return drawn.map(({ id }) => place.get(id)!)
      }
      const ours = tally(runs, eligible, () => sampler(random))
      const theirs = tally(runs, eligible, real)
      eligible.forEach((expert, i) => {
        const { num, den } = chanceOf(chances, expert)
        const chance = Number(num) / Number(den)
        const margin = 5 * Math.sqrt(runs * chance * (1 - chance)) + 1e-6
        assert.isAtMost(Math.abs(ours.one[i]! - runs * chance), margin, expert.id)
      })
      let distance = 0
      let kinds = 0
      for (const key of new Set([...ours.two.keys(), ...theirs.two.keys()])) {
        const [a, b] = [ours.two.get(key) ?? 0, theirs.two.get(key) ?? 0]
        distance += (a - b) ** 2 / (a + b)
        kinds += 1
      }
      assert.isBelow(distance, kinds + 6 * Math.sqrt(2 * kinds))
    })
  }

  for (const [name, rules, years] of [
    ['caps', {}, 80],
    ['quotas', { quotas: QUOTAS }, 12],
  ] as const) {
    test(`fair years raise flags no more often than stated: ${name}`, async ({ assert }) => {
      const alarmPerMille = 100
      const raised = new Map<string, number>()
      for (let y = 0; y < years; y++) {
        const file = simulatedYear({ ...YEAR, name: `${name} ${y}`, draws: 24, rules })
        const report = await fairnessReport(file, { alarmPerMille, redraws: 29 })
        assert.deepEqual(report.faults, [])
        for (const code of codes(report)) raised.set(code, (raised.get(code) ?? 0) + 1)
      }
      const mean = (years * alarmPerMille) / 1000
      for (const [code, count] of raised) {
        assert.isAtMost(count, mean + 4 * Math.sqrt(mean * (1 - alarmPerMille / 1000)), code)
      }
    })
  }

  test('figures add up, and a fair year has none to look at', async ({ assert }) => {
    const report = await fairnessReport(simulatedYear(YEAR), LIMITS)
    assert.deepEqual(report.faults, [])
    assert.deepEqual(report.flags, [])
    assert.equal(report.recomputed, 150)
    const drawn = report.experts.reduce((sum, expert) => sum + expert.drawn.observed, 0)
    assert.equal(drawn, 1500)
    const expected = report.experts.reduce(
      (sum, { drawn: { expected: e } }) => sum + Number(e.num) / Number(e.den),
      0
    )
    assert.closeTo(expected, 1500, 1e-6)
    assert.equal(report.employers.length, WORKED_EXAMPLE.length)
    assert.equal(
      report.employers.reduce((sum, employer) => sum + employer.drawn.observed, 0),
      1500
    )
    const came = report.experts.reduce((sum, expert) => sum + expert.replaced.observed, 0)
    assert.equal(came, report.replaced)
    assert.isAbove(report.replaced, 50)
    for (const { groups } of report.groups.figures.slice(1)) {
      assert.closeTo(
        groups.reduce((sum, { expected: e }) => sum + e, 0),
        1500,
        1e-6
      )
    }
  })
})

/** Draws that are wrong in ways that have been seen elsewhere. */
const BAD: Readonly<Record<string, (known: KnownDraw, random: Seeded) => readonly number[]>> = {
  'sort by a coin': ({ eligible }, random) =>
    byCap(
      eligible,
      eligible.map((_, i) => i).sort(() => random.unit() - 0.5)
    ),
  'a byte modulo n': ({ eligible }, random) => {
    const left = eligible.map((_, i) => i)
    return byCap(
      eligible,
      eligible.map(() => left.splice(random.below(256) % left.length, 1)[0]!)
    )
  },
  'the naive swap': ({ eligible }, random) => {
    const list = eligible.map((_, i) => i)
    for (let i = 0; i < list.length; i++) {
      const j = random.below(list.length)
      ;[list[i], list[j]] = [list[j]!, list[i]!]
    }
    return byCap(eligible, list)
  },
  'shuffle and skip': ({ eligible }, random) =>
    byCap(
      eligible,
      shuffle(
        eligible.map((_, i) => i),
        random
      )
    ),
  'one drawn again until a friend is in': (known, random) => {
    const friends = new Set(['E001', 'E020', 'E040'])
    const sampler = samplerOf(known)
    for (let tries = 0; ; tries++) {
      const ten = sampler(random)
      if (tries === 2 || ten.some((place) => friends.has(known.eligible[place]!.id))) return ten
    }
  },
  "drawn again until one employer's are in": (known, random) => {
    const own = known.eligible.find(({ id }) => id === 'E041' || id === 'E042' || id === 'E043')?.employer
    const sampler = samplerOf(known)
    for (let tries = 0; ; tries++) {
      const ten = sampler(random)
      if (tries === 2 || ten.some((place) => known.eligible[place]!.employer === own)) return ten
    }
  },
}

/** The first ten of a list that the cap of one lets in. */
function byCap(eligible: KnownDraw['eligible'], list: readonly number[]): number[] {
  const taken: number[] = []
  for (const place of list) {
    if (taken.length === 10) break
    if (!taken.some((other) => eligible[other]!.employer === eligible[place]!.employer)) taken.push(place)
  }
  return taken
}

test.group('SUP-5: known-bad years are caught', (group) => {
  group.each.timeout(120_000)

  for (const [name, drawOne] of Object.entries(BAD)) {
    test(name, async ({ assert }) => {
      const file = simulatedYear({ ...YEAR, name, draws: 250, drawOne })
      const report = await fairnessReport(file, { alarmPerMille: 20, redraws: 199 })
      const impossible = report.faults.filter(({ code }) => code === 'counts_impossible').length
      assert.isTrue(report.flags.length > 0 || impossible > 0, 'nothing was raised')
    })
  }

  test('an employer above the cap is impossible, not merely unlikely', async ({ assert }) => {
    const drawOne = ({ eligible }: KnownDraw) => eligible.slice(0, 10).map((_, i) => i)
    const report = await fairnessReport(simulatedYear({ ...YEAR, draws: 3, drawOne, out: 0 }), LIMITS)
    assert.deepEqual(
      report.faults.map(({ code }) => code),
      ['counts_impossible', 'counts_impossible', 'counts_impossible']
    )
    assert.equal(report.recomputed, 0)
  })

  test('replacements that always come from the front of the roster', async ({ assert }) => {
    const file = simulatedYear({ ...YEAR, draws: 120, replace: ([first]) => first! })
    assert.deepEqual(codes(await fairnessReport(file, LIMITS)), ['expert_replaced'])
  })

  test('an organiser who always takes the same of the ten, and only that one', async ({ assert }) => {
    const friends = new Set(['E001', 'E005', 'E011', 'E012', 'E019', 'E025', 'E030'])
    const choose: Simulated['choose'] = (host, valid, random) => {
      if (host !== 'org-2') return valid[random.below(valid.length)]!
      const score = (panel: (typeof valid)[number]) => panel.filter(({ id }) => friends.has(id)).length
      return [...valid].sort((a, b) => score(b) - score(a))[0]!
    }
    const report = await fairnessReport(simulatedYear({ ...YEAR, draws: 90, choose }), LIMITS)
    assert.deepEqual(
      report.flags.map(({ code, host }) => [code, host]),
      [['same_experts', 'org-2']]
    )
    assert.includeMembers([...friends], report.flags[0]!.experts.slice(0, 4))
    assert.isAbove(report.departures, 0)
  })

  test('an expert who refuses, an organiser who is refused, and one expert who refuses one organiser', async ({
    assert,
  }) => {
    const refusing = async (refuses: NonNullable<Simulated['refuses']>) => {
      const report = await fairnessReport(simulatedYear({ ...YEAR, draws: 240, refuses }), LIMITS)
      return report.flags.map(({ code, experts, host }) => [code, ...experts, host])
    }
    const some = (random: Seeded) => random.below(20) === 0
    assert.deepEqual(await refusing((id, _, random) => id === 'E050' || some(random)), [
      ['expert_refuses', 'E050', null],
    ])
    assert.deepEqual(
      await refusing((_, host, random) => (host === 'org-3' && random.below(4) === 0) || some(random)),
      [['organiser_refused', 'org-3']]
    )
    const pair = await refusing((id, host, random) => (id === 'E055' && host === 'org-1') || some(random))
    assert.deepInclude(pair, ['expert_refuses_organiser', 'E055', 'org-1'])
  })
})

function tally(runs: number, eligible: readonly unknown[], drawOne: (run: number) => readonly number[]) {
  const one = Array<number>(eligible.length).fill(0)
  const two = new Map<string, number>()
  for (let run = 0; run < runs; run++) {
    const drawn = [...drawOne(run)].sort((a, b) => a - b)
    drawn.forEach((place, i) => {
      one[place]! += 1
      for (const other of drawn.slice(i + 1)) {
        const key = `${place} ${other}`
        two.set(key, (two.get(key) ?? 0) + 1)
      }
    })
  }
  return { one, two }
}
