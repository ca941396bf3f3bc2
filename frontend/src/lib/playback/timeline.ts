import type { Phase, Stage } from '@shared/room/words.ts'
import type { Playback, PlaybackEvent, RecordedFile, Span } from './types.ts'

export interface StageSpan extends Span {
  readonly stage: Stage
  readonly paused: boolean
}

const OVER: readonly Phase[] = ['concluded', 'adjourned', 'ended']

/** The steps of MEET-8 as they were gone through, pauses as spans of their own. */
export function stageSpans(events: readonly PlaybackEvent[], zero: number, durationMs: number): StageSpan[] {
  const spans: StageSpan[] = []
  let current: { stage: Stage; paused: boolean; fromMs: number } | null = null
  const close = (toMs: number) => {
    if (current && toMs > Math.max(0, current.fromMs))
      spans.push({ ...current, fromMs: Math.max(0, current.fromMs), toMs })
    current = null
  }
  for (const event of events) {
    if (event.type !== 'phase.changed' && event.type !== 'stage.changed') continue
    const atMs = event.wall - zero
    const paused = event.type === 'phase.changed' && event.data.phase === 'paused'
    const over = event.type === 'phase.changed' && OVER.includes(event.data.phase)
    if (current && !over && sameAs(current, event.data.stage, paused)) continue
    close(atMs)
    if (!over) current = { stage: event.data.stage, paused, fromMs: atMs }
  }
  close(durationMs)
  return spans
}

const sameAs = (span: { stage: Stage; paused: boolean }, stage: Stage, paused: boolean) =>
  span.stage === stage && span.paused === paused

export interface Lane {
  /** A member's letter, or `parties` for everybody else. */
  readonly key: string
  readonly name: string
  readonly present: readonly Span[]
  /** When the microphone was on. */
  readonly sound: readonly Span[]
  /** Nothing was recorded of somebody who was there, or what was is not whole. */
  readonly gaps: readonly (Span & { readonly reason: string })[]
}

export function lanesOf(playback: Playback): Lane[] {
  const { seats, recording, events, zero, durationMs } = playback
  const presence = presenceOf(events, zero, durationMs)
  const people = recording?.participants ?? []
  const lane = (key: string, name: string, ids: readonly string[]): Lane => {
    const files = people.filter(({ identity }) => ids.includes(identity)).flatMap((person) => person.files)
    return {
      key,
      name,
      present: ids.flatMap((id) => presence.get(id) ?? []),
      sound: files.flatMap((file) => soundOf(file)),
      gaps: files.flatMap((file) => gapsOf(file)),
    }
  }
  const members = seats.map((seat) => lane(seat.letter, seat.name, [seat.userId]))
  const seated = new Set(seats.map(({ userId }) => userId))
  const others = [...presence.keys()].filter((id) => !seated.has(id))
  return others.length > 0 ? [...members, lane('parties', '', others)] : members
}

function presenceOf(events: readonly PlaybackEvent[], zero: number, durationMs: number): Map<string, Span[]> {
  const since = new Map<string, number>()
  const spans = new Map<string, Span[]>()
  const leave = (userId: string, atMs: number) => {
    const from = since.get(userId)
    since.delete(userId)
    if (from === undefined || atMs <= 0) return
    spans.set(userId, [
      ...(spans.get(userId) ?? []),
      { fromMs: Math.max(0, from), toMs: Math.min(atMs, durationMs) },
    ])
  }
  for (const event of events) {
    if (event.type === 'person.joined' && !since.has(event.data.userId))
      since.set(event.data.userId, event.wall - zero)
    if (event.type === 'person.left') leave(event.data.userId, event.wall - zero)
  }
  for (const userId of since.keys()) leave(userId, durationMs)
  return spans
}

function soundOf(file: RecordedFile): Span[] {
  return file.tracks
    .filter(({ source }) => source === 'microphone')
    .flatMap((track) => without({ fromMs: track.startMs, toMs: track.endMs }, track.gaps))
}

function gapsOf(file: RecordedFile): (Span & { reason: string })[] {
  return file.tracks.flatMap((track) => [
    ...track.gaps.filter(({ reason }) => reason !== 'muted'),
    ...track.damaged.map(({ fromMs, toMs, state }) => ({ fromMs, toMs, reason: state })),
  ])
}

/** What is left of a span without these, which are in order. */
export function without(span: Span, gaps: readonly Span[]): Span[] {
  const left: Span[] = []
  let { fromMs } = span
  for (const gap of gaps) {
    if (gap.fromMs > fromMs) left.push({ fromMs, toMs: Math.min(gap.fromMs, span.toMs) })
    fromMs = Math.max(fromMs, gap.toMs)
  }
  if (fromMs < span.toMs) left.push({ fromMs, toMs: span.toMs })
  return left.filter(({ fromMs: from, toMs }) => toMs > from)
}

/** Steps of the axis in s, so that there are at most `most` labels. */
export function axisStep(seconds: number, most: number): number {
  return [10, 30, 60, 120, 300, 600, 900, 1800, 3600].find((step) => seconds / step <= most) ?? 7200
}

/** 1:38:12. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds + 0.0005))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  return `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}
