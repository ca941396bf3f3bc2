import type { CapChances, QuotaChances } from '../chances.ts'
import { roundCells } from '../rounding.ts'
import type { EligibleExpert } from './year_draw.ts'
import type { KnownDraw } from './known_chances.ts'
import { ratio } from './poisson_binomial.ts'
import { shuffle, type Seeded } from './seeded.ts'

/** Draws ten from the same pool by the same rules with other random numbers: places in `eligible`. */
export type Sampler = (random: Seeded) => number[]

/**
 * The same distribution as the draw itself, without its hashes: employers in random order and pins at distance one
 * where caps decide, the rounding where quotas do, then anybody of an employer or cell as likely as another.
 * Stretches are doubles here, which moves no chance by more than 2⁻⁴⁵.
 */
export function samplerOf({ chances, eligible }: KnownDraw): Sampler {
  return chances.by === 'employer' ? pins(chances, eligible) : rounding(chances, eligible)
}

function pins(chances: CapChances, eligible: readonly EligibleExpert[]): Sampler {
  const members = placesBy(eligible, ({ employer }) => employer)
  const blocks = [...members].map(([employer, places]) => {
    const { num, den } = chances.byEmployer.get(employer)!
    return { places, width: ratio(num * BigInt(places.length), den) }
  })
  return (random) => {
    const drawn: number[] = []
    let pin = random.unit()
    let end = 0
    for (const { places, width } of shuffle(blocks, random)) {
      end += width
      let count = 0
      for (; pin < end; pin += 1) count += 1
      take(places, count, random, drawn)
    }
    return drawn
  }
}

function rounding({ cells, denominator }: QuotaChances, eligible: readonly EligibleExpert[]): Sampler {
  const members = placesBy(eligible, ({ employer, specialty }) => `${employer} ${specialty}`)
  const employers = [...new Set(cells.map(({ employer }) => employer))]
  const specialties = [...new Set(cells.map(({ specialty }) => specialty))]
  return (random) => {
    const order = { employers: shuffle(employers, random), specialties: shuffle(specialties, random) }
    const { counts } = roundCells(cells, denominator, order, (_, alpha, beta) => {
      return ((alpha + beta) * BigInt(Math.floor(random.unit() * 2 ** 53))) >> 53n
    })
    const drawn: number[] = []
    cells.forEach(({ employer, specialty }, i) => {
      take(members.get(`${employer} ${specialty}`)!, counts[i]!, random, drawn)
    })
    return drawn
  }
}

/** Any `count` of the places, each set as likely as another; their order is left changed. */
function take(places: number[], count: number, random: Seeded, drawn: number[]): void {
  for (let i = 0; i < count && i < places.length; i++) {
    const j = i + random.below(places.length - i)
    ;[places[i], places[j]] = [places[j]!, places[i]!]
    drawn.push(places[i]!)
  }
}

function placesBy<K>(
  eligible: readonly EligibleExpert[],
  key: (expert: EligibleExpert) => K
): Map<K, number[]> {
  const places = new Map<K, number[]>()
  eligible.forEach((expert, i) => {
    const list = places.get(key(expert)) ?? []
    places.set(key(expert), list)
    list.push(i)
  })
  return places
}
