import { chanceOf, chancesOf, chanceValues, type CapChances, type Chances } from '#lib/draw/chances'
import { performDraw, type CompletedDraw } from '#lib/draw/draw'
import type { PoolLeaf } from '#lib/draw/pool'
import { toNumber } from '#lib/draw/rational'
import { rulerPicture } from '#lib/draw/ruler'
import type { DrawRow } from '#draw/models/draw'
import { roundingPicture, withoutCells, type RoundingPicture } from '#draw/queries/rounding_picture'

interface Known {
  readonly cap: number
  /** Chance of who is freest and of who is most held back, as fractions of one. */
  readonly highest: number
  readonly lowest: number
  readonly possibleSets: string
}

/** Where caps alone decide, a ruler; with quotas, rounding steps. */
export type DrawPicture = Known & (RulerPicture | RoundingPicture)

export interface RulerPicture {
  readonly by: 'ruler'
  readonly segments: PictureSegment[]
  /** `seat` is the place's number in the list, by ascending random number. */
  readonly pins: { pin: number; seat: number; at: number }[]
  readonly offset: number | null
}

export interface PictureSegment {
  readonly employer: number
  /** Position and width on a ruler of length ten. */
  readonly at: number
  readonly size: number
  readonly pin: number | null
}

/** Pictures of the draws looked at last. A frozen pool has two for ever, before and after the numbers came. */
const KEPT = 64
const kept = new Map<string, DrawPicture>()

/** What a draw looks like: nobody's name or roster number is in it. Computed once, since anybody may ask for it. */
export function drawPicture(draw: DrawRow, leaves: readonly PoolLeaf[]): DrawPicture {
  const name = `${draw.id}/${draw.proofs ? 'drawn' : 'frozen'}`
  const picture = kept.get(name) ?? computed(draw, leaves)
  kept.delete(name)
  kept.set(name, picture)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  return picture
}

function computed(draw: DrawRow, leaves: readonly PoolLeaf[]): DrawPicture {
  const found = chancesOf(leaves, draw.rules)
  if (!found.ok) throw new Error(`Draw ${draw.number}: ${found.error.code}`)
  const chances = found.value
  const completed = performed(draw, leaves)
  const known = knownOf(chances)
  if (chances.by === 'cell') return { ...known, ...roundingPicture(draw.rules, chances, completed) }
  return { ...known, ...ruler(leaves, chances, completed) }
}

/**
 * Rule DRAW-9. What of the picture of a completed draw anybody may see until the meeting has ended: which stretch of the
 * ruler was hit, or which employer's experts of a specialty were drawn, would come near to a name. The ruler then
 * stays as it was before the result.
 */
export function untilTheEnd(picture: DrawPicture): DrawPicture {
  if (picture.by === 'rounding') return { ...picture, ...withoutCells(picture) }
  let at = 0
  const segments = [...picture.segments]
    .sort((a, b) => a.employer - b.employer)
    .map(({ employer, size }) => {
      at += size
      return { employer, at: at - size, size, pin: null }
    })
  return { ...picture, segments, pins: [], offset: null }
}

function performed(draw: DrawRow, leaves: readonly PoolLeaf[]): CompletedDraw | null {
  if (!draw.proofs) return null
  const done = performDraw(
    { planKey: draw.plan_key, round: draw.round, rules: draw.rules, leaves },
    draw.proofs
  )
  if (!done.ok) throw new Error(`Draw ${draw.number}: ${done.error.code}`)
  return done.value
}

function knownOf(chances: Chances): Known {
  const all = chanceValues(chances).map(toNumber)
  return {
    cap: chances.cap,
    highest: Math.max(...all),
    lowest: Math.min(...all),
    possibleSets: String(chances.possibleSets),
  }
}

/** Before the result its order is by employer. */
function ruler(
  leaves: readonly PoolLeaf[],
  chances: CapChances,
  completed: CompletedDraw | null
): RulerPicture {
  if (!completed?.ruler) return { by: 'ruler', segments: unordered(leaves, chances), pins: [], offset: null }
  const { segments, pins, offset } = rulerPicture(completed.ruler)
  const seatOf = new Map(completed.result.seats.map(({ pin, seat }) => [pin, seat]))
  return {
    by: 'ruler',
    segments: segments.map(({ employer, at, size, pin }) => ({ employer, at, size, pin })),
    pins: pins.map(({ pin, at }) => ({ pin, seat: seatOf.get(pin)!, at })),
    offset: offset.at,
  }
}

function unordered(leaves: readonly PoolLeaf[], chances: CapChances): PictureSegment[] {
  const eligible = leaves.filter(({ excluded }) => excluded === null).sort((a, b) => a.employer - b.employer)
  let at = 0
  return eligible.map((leaf) => {
    const size = toNumber(chanceOf(chances, leaf))
    const segment = { employer: leaf.employer, at, size, pin: null }
    at += size
    return segment
  })
}
