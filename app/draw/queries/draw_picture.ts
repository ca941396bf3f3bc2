import { chanceOf, chancesOf, chanceValues, type Chances } from '#lib/draw/chances'
import { performDraw } from '#lib/draw/draw'
import type { PoolLeaf } from '#lib/draw/pool'
import { toNumber } from '#lib/draw/rational'
import { rulerPicture } from '#lib/draw/ruler'
import type { DrawRow } from '#draw/models/draw'

export interface PictureSegment {
  readonly employer: number
  /** Position and width on a ruler of length ten. */
  readonly at: number
  readonly size: number
  readonly pin: number | null
}

export interface DrawPicture {
  readonly segments: PictureSegment[]
  /** `seat` is the place's number in the list, by ascending random number. */
  readonly pins: { pin: number; seat: number; at: number }[]
  readonly offset: number | null
  readonly cap: number
  /** Chance of who is freest and of who is most held back by the cap, as fractions of one. */
  readonly highest: number
  readonly lowest: number
}

/** The ruler for drawing: nobody's name or number is in it. Before the result its order is by employer. */
export function drawPicture(draw: DrawRow, leaves: readonly PoolLeaf[]): DrawPicture {
  const chances = chancesOf(leaves, draw.rules)
  if (!chances.ok) throw new Error(`Draw ${draw.number}: ${chances.error.code}`)
  const all = chanceValues(chances.value).map(toNumber)
  const bounds = { cap: chances.value.cap, highest: Math.max(...all), lowest: Math.min(...all) }
  if (!draw.proofs) return { ...bounds, segments: unordered(leaves, chances.value), pins: [], offset: null }
  const performed = performDraw(
    { planKey: draw.plan_key, round: draw.round, rules: draw.rules, leaves },
    draw.proofs
  )
  if (!performed.ok) throw new Error(`Draw ${draw.number}: ${performed.error.code}`)
  const { ruler } = performed.value
  if (!ruler) return { ...bounds, segments: unordered(leaves, chances.value), pins: [], offset: null }
  const { segments, pins, offset } = rulerPicture(ruler)
  const seatOf = new Map(performed.value.result.seats.map(({ pin, seat }) => [pin, seat]))
  return {
    ...bounds,
    segments: segments.map(({ employer, at, size, pin }) => ({ employer, at, size, pin })),
    pins: pins.map(({ pin, at }) => ({ pin, seat: seatOf.get(pin)!, at })),
    offset: offset.at,
  }
}

function unordered(leaves: readonly PoolLeaf[], chances: Chances): PictureSegment[] {
  const eligible = leaves.filter(({ excluded }) => excluded === null).sort((a, b) => a.employer - b.employer)
  let at = 0
  return eligible.map((leaf) => {
    const size = toNumber(chanceOf(chances, leaf))
    const segment = { employer: leaf.employer, at, size, pin: null }
    at += size
    return segment
  })
}
