import { m } from '#paraglide/messages.js'
import { stageWord } from '../room/words.ts'
import { subjectWords } from './finding_words.ts'
import type { Playback, PlaybackEvent } from './types.ts'

export type CourseKind = 'opinion' | 'merge' | 'vote' | 'conclusion' | 'finding' | 'phase' | 'talk' | 'other'

/** One line of the meeting's course, at its second. */
export interface CourseEntry {
  readonly id: string
  /** Seconds since the zero; what was before it stands at 0. */
  readonly time: number
  readonly kind: CourseKind
  readonly tone: 'ink' | 'act' | 'due' | 'seal'
  /** Who, before the text. */
  readonly who: string
  readonly text: string
  readonly detail: string
  readonly page: number | null
  /** Opinions and items that it is about. */
  readonly about: readonly string[]
}

type Of<T extends PlaybackEvent['type']> = Extract<PlaybackEvent, { type: T }>
type Words = Pick<CourseEntry, 'kind' | 'text'> & Partial<CourseEntry>
type Telling = { [T in PlaybackEvent['type']]?: (event: Of<T>, told: Told) => Words | null }

/** What the course needs to know while it is told. */
class Told {
  readonly names = new Map<string, string>()
  readonly letters = new Map<string, string>()
  readonly labels = new Map<string, string>()
  readonly pages = new Map<string, number | null>()
  /** Items in their order, as the meeting had them. */
  items: string[] = []

  constructor({ seats }: Playback) {
    for (const seat of seats) {
      this.names.set(seat.userId, seat.name)
      this.names.set(seat.seatId, seat.name)
      this.letters.set(seat.seatId, seat.letter)
    }
  }

  name = (id: string | null) => (id ? (this.names.get(id) ?? '') : '')
  list = (ids: readonly string[]) => ids.map((id) => this.labels.get(id) ?? '').join(m.room_list_comma())
  number = (itemId: string) => this.items.indexOf(itemId) + 1
}

const kinds: Record<string, () => string> = {
  must_fix: m.playback_kind_must_fix,
  advice: m.playback_kind_advice,
  severe_defect: m.playback_kind_severe,
}
const conclusions: Record<string, () => string> = {
  PASS: m.conclusion_pass,
  REVISE: m.conclusion_revise,
  FAIL: m.conclusion_fail,
}

const telling: Telling = {
  'opinion.revealed': ({ data }, told) => {
    told.labels.set(data.opinionId, data.label)
    told.pages.set(data.opinionId, data.fields.page)
    const severe = data.fields.kind === 'severe_defect'
    return {
      kind: 'opinion',
      tone: severe ? 'seal' : 'ink',
      who: told.name(data.seatId),
      text: m.playback_opinion({
        label: data.label,
        kind: kinds[data.fields.kind]?.() ?? '',
        defect: data.fields.defect ?? '',
      }),
      detail: data.fields.finding,
      page: data.fields.page,
      about: [data.opinionId],
    }
  },
  'opinion.left_out': ({ data }, told) => ({
    kind: 'merge',
    text: m.playback_left_out({ label: told.list([data.opinionId]) }),
    detail: data.reason,
    about: [data.opinionId],
  }),
  'opinion.taken_back': ({ data }, told) => ({
    kind: 'merge',
    text: m.playback_taken_back({ label: told.list([data.opinionId]) }),
    about: [data.opinionId],
  }),
  'opinion.answered': ({ data }, told) => ({
    kind: 'vote',
    tone: data.agree ? 'act' : 'due',
    text: (data.agree ? m.playback_answer_agrees : m.playback_answer_objects)({
      label: told.list([data.opinionId]),
    }),
    detail: data.reason ?? '',
    about: [data.opinionId],
  }),
  'defect.withdrawn': ({ data }, told) => ({
    kind: 'opinion',
    text: m.playback_defect_withdrawn({ label: told.list([data.opinionId]) }),
    detail: m.playback_reason_page({ page: data.page, reason: data.reason }),
    page: data.page,
    about: [data.opinionId],
  }),
  'defect.proposed': ({ data }, told) => ({
    kind: 'opinion',
    who: told.name(data.seatId),
    text: m.playback_defect_proposed({ label: told.list([data.opinionId]), kind: kinds[data.to]?.() ?? '' }),
    detail: m.playback_reason_page({ page: data.page, reason: data.reason }),
    page: data.page,
    about: [data.opinionId],
  }),
  'defect.agreed': ({ data }, told) => ({
    kind: 'vote',
    tone: 'act',
    who: told.name(data.seatId),
    text: m.playback_defect_agreed({ label: told.list([data.opinionId]) }),
    about: [data.opinionId],
  }),
  'defect.settled': ({ data }, told) => ({
    kind: 'opinion',
    who: '',
    text: m.playback_defect_settled({ label: told.list([data.opinionId]), kind: kinds[data.kind]?.() ?? '' }),
    about: [data.opinionId],
  }),
  'item.created': ({ data }, told) => {
    told.items.splice(data.position - 1, 0, data.itemId)
    return {
      kind: 'merge',
      text: m.playback_merged({ labels: told.list(data.opinionIds), number: told.number(data.itemId) }),
      detail: data.text || data.fields.heading,
      page: data.fields.page,
      about: [data.itemId, ...data.opinionIds],
    }
  },
  'item.sources': ({ data }, told) => ({
    kind: 'merge',
    text: m.playback_sources({ labels: told.list(data.opinionIds), number: told.number(data.itemId) }),
    detail: kinds[data.kind]?.() ?? '',
    about: [data.itemId, ...data.opinionIds],
  }),
  'item.removed': ({ data }, told) => {
    const number = told.number(data.itemId)
    told.items = told.items.filter((id) => id !== data.itemId)
    return { kind: 'merge', text: m.playback_item_removed({ number }), about: [data.itemId] }
  },
  'item.moved': ({ data }, told) => {
    told.items = told.items.filter((id) => id !== data.itemId)
    told.items.splice(data.position - 1, 0, data.itemId)
    return null
  },
  'item.voted': ({ data }, told) => {
    const number = told.number(data.itemId)
    const objects = data.vote === 'object'
    return {
      kind: 'vote',
      tone: objects ? 'due' : 'act',
      who: told.name(data.seatId),
      text: objects ? m.playback_objects({ number }) : m.playback_confirms({ number }),
      detail: data.reason ?? '',
      about: [data.itemId],
    }
  },
  'conclusion.proposed': ({ data }) => ({
    kind: 'conclusion',
    text: m.playback_conclusion_proposed({ conclusion: conclusions[data.conclusion]?.() ?? '' }),
    detail: data.reasons,
  }),
  'conclusion.voted': ({ data }, told) => ({
    kind: 'vote',
    tone: 'act',
    who: told.name(data.seatId),
    text: m.playback_conclusion_voted({ conclusion: conclusions[data.conclusion]?.() ?? '' }),
    detail: data.reason ?? '',
  }),
  'conclusion.fixed': ({ data }) => ({
    kind: 'conclusion',
    tone: 'seal',
    who: '',
    text: m.playback_conclusion_fixed({ conclusion: conclusions[data.conclusion]?.() ?? '' }),
    detail:
      data.dissent.length > 0 ? m.playback_dissent({ count: data.dissent.length }) : m.playback_unanimous(),
  }),
  'phase.changed': ({ data }) => {
    const text =
      data.phase === 'paused'
        ? m.playback_paused()
        : data.phase === 'adjourned'
          ? m.playback_adjourned()
          : stageWord(data.stage)
    return {
      kind: 'phase',
      who: '',
      text,
      detail: data.because === 'quorum' ? m.playback_because_quorum() : (data.reason ?? ''),
    }
  },
  'stage.changed': ({ data }) => ({ kind: 'phase', who: '', text: stageWord(data.stage) }),
  'person.joined': ({ data }, told) => {
    told.names.set(data.userId, data.name)
    return { kind: 'other', who: data.name, text: m.playback_joined() }
  },
  'person.left': ({ data }, told) => ({
    kind: 'other',
    who: told.name(data.userId),
    text: m.playback_left(),
  }),
  'presenter.changed': ({ data }, told) => ({
    kind: 'other',
    who: told.name(data.userId),
    text: m.playback_presents(),
  }),
  'page.turned': ({ data }) => ({
    kind: 'other',
    text: m.playback_page_turned({ page: data.page }),
    page: data.page,
  }),
  'chat.said': ({ data }) => ({ kind: 'talk', who: data.name, text: data.text }),
  'hand.raised': ({ data }, told) => ({ kind: 'talk', who: told.name(data.userId), text: m.playback_hand() }),
  'recording.changed': ({ data }) => {
    const on = data.state === 'recording'
    return {
      kind: 'other',
      tone: on ? 'ink' : 'due',
      who: '',
      text: on
        ? m.playback_recording_on()
        : data.state === 'off'
          ? m.playback_recording_off()
          : m.playback_recording_broken(),
    }
  },
}

/** Who presses a button says little more than the button does: several in a row make one line. */
const ROW_MS = 60_000

/** The meeting as lines of text in their order, findings among them. */
export function courseOf(playback: Playback): CourseEntry[] {
  const told = new Told(playback)
  const entries: CourseEntry[] = []
  let row = { key: '', wall: 0 }
  for (const event of playback.events) {
    const words = (telling[event.type] as ((event: PlaybackEvent, told: Told) => Words | null) | undefined)?.(
      event,
      told
    )
    // Who came before the beginning is told by the lanes.
    if (!words || (words.kind === 'other' && event.wall < playback.zero)) continue
    const time = Math.max(0, (event.wall - playback.zero) / 1000)
    const key = words.kind === 'vote' && !words.detail ? `${words.text}/${words.tone}` : ''
    const last = entries.at(-1)
    if (key && row.key === key && event.wall - row.wall < ROW_MS && last) {
      entries[entries.length - 1] = { ...last, who: `${last.who}${m.room_list_comma()}${words.who ?? ''}` }
      continue
    }
    row = { key, wall: event.wall }
    entries.push({
      id: `${event.channel}-${event.seq}`,
      time,
      tone: 'ink',
      who: told.name(event.by),
      detail: '',
      page: null,
      about: [],
      ...words,
    })
  }
  for (const finding of playback.findings) {
    entries.push({
      id: finding.id,
      time: finding.atMs / 1000,
      kind: 'finding',
      tone: 'due',
      who: '',
      text: finding.text,
      detail: m.playback_finding_by({
        name: finding.by,
        subject: (subjectWords[finding.subject] ?? subjectWords.other)!(),
      }),
      page: null,
      about: [],
    })
  }
  return entries.sort((a, b) => a.time - b.time)
}
