import type { OpinionFields } from '@shared/room/words.ts'
import type { CourseEntry } from './course.ts'
import type { RoomHistory } from './room_at.ts'
import type { Playback } from './types.ts'

/** An opinion or an item of the report, with the seconds at which it came up. */
export interface Subject {
  readonly id: string
  /** B2, or the item's number. */
  readonly label: string
  readonly kind: OpinionFields['kind']
  readonly page: number | null
  readonly place: string
  readonly text: string
  readonly author: string
  /** Where a click on it leads, s. */
  readonly time: number
  /** Every line of the course that is about it. */
  readonly moments: readonly CourseEntry[]
  /** Of an item: its opinions, by id. */
  readonly sources: readonly string[]
}

/** Shown together with others within so long, an opinion was not spoken of yet, s. */
const TOGETHER_S = 2

/**
 * SUP-2. The second that a click on an opinion or item leads to: for an opinion that was shown together
 * with others (sealed until the meeting), the first time that it is spoken of by itself; otherwise when it
 * was shown. For an item, when it was made.
 */
export function subjectsOf(
  playback: Playback,
  course: readonly CourseEntry[],
  history: RoomHistory
): { opinions: Subject[]; items: Subject[] } {
  const { panel } = history.at(Number.POSITIVE_INFINITY)
  const names = new Map(playback.seats.map((seat) => [seat.seatId, seat.name]))
  const shown = course.filter(
    ({ kind, id, about }) => kind === 'opinion' && about.length > 0 && id.startsWith('panel')
  )
  const opinions = Object.values(panel.opinions).map((opinion): Subject => {
    const moments = course.filter(({ about }) => about.includes(opinion.opinionId))
    return {
      id: opinion.opinionId,
      label: opinion.label,
      kind: opinion.fields.kind,
      page: opinion.fields.page,
      place: opinion.fields.place,
      text: opinion.fields.finding,
      author: names.get(opinion.seatId) ?? '',
      time: momentOf(moments, shown),
      moments,
      sources: [],
    }
  })
  const items = panel.items.map((item, index): Subject => {
    const moments = course.filter(({ about }) => about.includes(item.itemId))
    return {
      id: item.itemId,
      label: String(index + 1),
      kind: item.fields.kind,
      page: item.fields.page,
      place: item.fields.place,
      text: item.text,
      author: '',
      time: moments[0]?.time ?? 0,
      moments,
      sources: item.opinionIds,
    }
  })
  return { opinions: opinions.sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true })), items }
}

function momentOf(moments: readonly CourseEntry[], shown: readonly CourseEntry[]): number {
  const [first, ...later] = moments
  if (!first) return 0
  const together = shown.some(
    (other) =>
      other !== first &&
      Math.abs(other.time - first.time) < TOGETHER_S &&
      !first.about.some((id) => other.about.includes(id))
  )
  return together
    ? (later.find(({ time }) => time - first.time >= TOGETHER_S)?.time ?? first.time)
    : first.time
}
