import { courseOf, type CourseEntry } from './course.ts'
import { subjectsOf } from './moments.ts'
import { Player } from './player.svelte.ts'
import { RoomHistory } from './room_at.ts'
import { lanesOf, stageSpans } from './timeline.ts'
import type { Finding, Playback, RecordedFile, RecordedPerson } from './types.ts'

/** What happened within so long after the clock's second counts as there, ms: a picture is never exact. */
const SLACK_MS = 40
/** A clicked opinion's page stays so long while it plays on, s. */
const SHOWN_S = 20

export interface Tile {
  readonly key: string
  readonly person: RecordedPerson
  readonly file: RecordedFile
  readonly letter: string | null
  readonly url: string
}

/** One opened playback: the clock, and all that is derived from it. */
export class PlaybackView {
  readonly playback: Playback
  readonly player: Player
  readonly history: RoomHistory
  readonly tiles: readonly Tile[]
  readonly stages
  readonly lanes
  findings = $state.raw<readonly Finding[]>([])
  /** Opinion or item that was clicked. */
  selected = $state<string | null>(null)
  #selectedAt = $state(0)

  constructor(playback: Playback) {
    this.playback = playback
    this.findings = playback.findings
    this.player = new Player(playback.durationMs)
    this.history = new RoomHistory(playback.events)
    this.stages = stageSpans(playback.events, playback.zero, playback.durationMs)
    this.lanes = lanesOf(playback)
    this.tiles = tilesOf(playback)
  }

  course: readonly CourseEntry[] = $derived.by(() => courseOf({ ...this.playback, findings: this.findings }))
  subjects = $derived.by(() => subjectsOf(this.playback, this.course, this.history))
  at = $derived.by(() => this.history.at(Math.round(this.playback.zero + this.player.time * 1000) + SLACK_MS))
  /** The line of the course that is on. */
  now: CourseEntry | undefined = $derived.by(() =>
    this.course.findLast(({ time }) => time * 1000 <= this.player.time * 1000 + SLACK_MS)
  )
  /** Page and version that were shown, and who turned them; the panel's own in the closed deliberation. */
  floor = $derived.by(() => {
    const { room, panel } = this.at
    const closed = room.stage === 'deliberation' && panel.floor.versionId !== null
    const floor = closed ? panel.floor : room.floor
    const until = this.playback.zero + this.player.time * 1000 + SLACK_MS
    const turned = this.playback.events.findLast(
      (event) => event.type === 'page.turned' && event.wall <= until
    )
    const members = Object.values(room.people).filter(({ letter }) => letter !== null)
    return {
      ...floor,
      versionId: floor.versionId ?? this.playback.review.versionId,
      turnedBy: this.nameOf(turned?.by ?? floor.presenter ?? room.floor.presenter),
      watching: closed ? members.length : Object.keys(room.people).length,
    }
  })
  pointer = $derived.by(() => {
    const ms = this.player.time * 1000
    const sample = this.playback.pointers.findLast(([at]) => at <= ms)
    if (!sample || ms - sample[0] > 2000) return null
    const [, userId, versionId, page, x, y] = sample
    return { name: this.nameOf(userId), versionId, page, x, y }
  })

  nameOf(userId: string | null): string {
    if (!userId) return ''
    return (
      this.playback.seats.find((seat) => seat.userId === userId)?.name ??
      this.at.room.people[userId]?.name ??
      ''
    )
  }

  /** The opinion that was clicked: its page is shown for a while, then again what was shown in the meeting. */
  opened = $derived.by(() => {
    const since = this.player.time - this.#selectedAt
    if (!this.selected || since < -1 || since > SHOWN_S) return null
    return this.at.panel.opinions[this.selected] ?? null
  })

  go(seconds: number, about: string | null = null): Promise<void> {
    this.selected = about
    this.#selectedAt = seconds
    return this.player.seek(seconds)
  }

  /** To the next or the last mark from here. */
  step(direction: 1 | -1): void {
    const marks = this.course
      .filter(({ kind }) => kind !== 'other' && kind !== 'talk')
      .map(({ time }) => time)
    const here = this.player.time
    const next =
      direction === 1 ? marks.find((time) => time > here + 0.5) : marks.findLast((time) => time < here - 1)
    if (next !== undefined) void this.go(next)
  }
}

function tilesOf({ recording, seats, review }: Playback): Tile[] {
  const letters = new Map(seats.map((seat) => [seat.userId, seat.letter]))
  const tiles = (recording?.participants ?? []).flatMap((person) =>
    person.files.map((file) => ({
      key: file.file,
      person,
      file,
      letter: letters.get(person.identity) ?? null,
      url: `/api/supervision/recordings/${review.id}/files/${encodeURIComponent(file.file)}`,
    }))
  )
  const rank = ({ file, letter }: Tile) => `${file.content === 'screen' ? 0 : 1}${letter ?? '~'}`
  return tiles.sort((a, b) => rank(a).localeCompare(rank(b)))
}
