import { compareIds } from '../read.ts'
import { holm } from './holm.ts'
import { markedAtLeast } from './hypergeometric.ts'
import type { YearDraw } from './year_draw.ts'

export type RefusalFigure = {
  /** Roster number, organiser, or both. */
  readonly id: string | null
  readonly host: string | null
  readonly asked: number
  readonly declined: number
  readonly noAnswer: number
  readonly recused: number
  readonly withdrew: number
  /** Exact (Fisher), upper tail: so many of the year's refusals among so many of its invitations. */
  readonly p: number
  readonly adjusted: number
}

export type RefusalFigures = {
  readonly asked: number
  readonly refused: number
  readonly byExpert: readonly RefusalFigure[]
  readonly byHost: readonly RefusalFigure[]
  /** Of each expert's own invitations, those of one organiser; where there is more than one organiser. */
  readonly byPair: readonly RefusalFigure[]
}

type Asked = {
  readonly id: string
  readonly host: string
  readonly left: 'declined' | 'no_answer' | 'recused' | 'withdrew' | null
}

/** Rule SUP-5. Refusals in a pattern: by expert and by organiser against all others, and one expert's towards one organiser. */
export function refusalFigures(draws: readonly YearDraw[]): RefusalFigures {
  const asked = draws.flatMap(invitationsOf)
  const all = { asked: asked.length, refused: asked.filter(refused).length }
  const perExpert = groupBy(asked, ({ id }) => id)
  return {
    ...all,
    byExpert: corrected([...perExpert].map(([id, own]) => figure({ id, host: null }, own, all))),
    byHost: corrected(
      [...groupBy(asked, ({ host }) => host)].map(([host, own]) => figure({ id: null, host }, own, all))
    ),
    byPair: corrected(
      [...perExpert].flatMap(([id, own]) => {
        const hosts = groupBy(own, ({ host }) => host)
        if (hosts.size < 2) return []
        const mine = { asked: own.length, refused: own.filter(refused).length }
        return [...hosts].map(([host, pair]) => figure({ id, host }, pair, mine))
      })
    ),
  }
}

/** Who was asked and has answered, or has let the time pass; whoever is still asked has not refused yet. */
function invitationsOf({ seats, host }: YearDraw): Asked[] {
  if (!host || !seats) return []
  return seats.flatMap(({ id, invited, accepted, left }): Asked[] => {
    if (!invited || (left === null && !accepted)) return []
    return [{ id, host, left: left === 'missed' ? null : left }]
  })
}

function refused({ left }: Asked): boolean {
  return left !== null
}

function figure(
  who: Pick<RefusalFigure, 'id' | 'host'>,
  own: readonly Asked[],
  all: { asked: number; refused: number }
): Omit<RefusalFigure, 'adjusted'> {
  const times = (kind: Asked['left']) => own.filter(({ left }) => left === kind).length
  return {
    ...who,
    asked: own.length,
    declined: times('declined'),
    noAnswer: times('no_answer'),
    recused: times('recused'),
    withdrew: times('withdrew'),
    p: markedAtLeast({
      all: all.asked,
      marked: all.refused,
      taken: own.length,
      seen: own.filter(refused).length,
    }),
  }
}

function corrected(figures: readonly Omit<RefusalFigure, 'adjusted'>[]): RefusalFigure[] {
  const sorted = [...figures].sort((a, b) => {
    return compareIds(a.id ?? '', b.id ?? '') || compareIds(a.host ?? '', b.host ?? '')
  })
  const adjusted = holm(sorted.map(({ p }) => p))
  return sorted.map((one, i) => ({ ...one, adjusted: adjusted[i]! }))
}

function groupBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one])
  return groups
}
