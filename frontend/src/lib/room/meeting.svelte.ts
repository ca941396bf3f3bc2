import { getContext, setContext } from 'svelte'
import type {
  OperationPayloads,
  OperationType,
  OpinionFields,
  SessionOverview,
  Seat,
} from '@shared/room/protocol.ts'
import type { ItemEntry, OpinionEntry } from '@shared/room/state.ts'
import type { Vocabulary } from '../plans/types.ts'
import { toasts } from '../ui/toasts.svelte.ts'
import { conclusionStanding } from './conclusion_standing.ts'
import { refusalText } from './refusal_texts.ts'
import type { RoomClient } from './room_client.svelte.ts'
import type { MediaRoom } from './media_room.svelte.ts'
import type { Pin } from './types.ts'

const emptyFloor = { presenter: null, versionId: null, page: 1, hands: [], chat: [] }
const key = Symbol('meeting')

/** What the room's parts read and do: the client's state looked at as this person may see it. */
export class Meeting {
  readonly client: RoomClient
  readonly media: MediaRoom
  readonly overview: SessionOverview
  #words: () => Vocabulary | null
  /** The opinion or item that page, lists and keyboard are on. */
  selected = $state<string | null>(null)
  /** Reading on one's own instead of following whoever presents. */
  free = $state(false)
  /** The page and version on this screen. */
  page = $state(1)
  versionId = $state('')
  /** A form for an opinion is open; `draftId` names the draft. */
  writing = $state<string | null>(null)

  constructor(given: {
    client: RoomClient
    media: MediaRoom
    overview: SessionOverview
    /** Lists of the regulation, once they are there. */
    words: () => Vocabulary | null
  }) {
    this.client = given.client
    this.media = given.media
    this.overview = given.overview
    this.#words = given.words
    this.versionId = given.overview.plan.versionId
  }

  get words(): Vocabulary | null {
    return this.#words()
  }
  readonly me = $derived.by(() => this.client.me ?? this.overview.me)
  readonly room = $derived.by(() => this.client.room)
  readonly panel = $derived.by(() => this.client.panel)
  readonly own = $derived.by(() => this.client.own)
  readonly stage = $derived(this.room?.stage ?? 'sign_in')
  readonly phase = $derived.by(() => this.room?.phase ?? this.overview.phase)
  readonly closed = $derived(this.stage === 'deliberation')
  readonly floor = $derived((this.closed ? this.panel?.floor : this.room?.floor) ?? emptyFloor)
  readonly presenting = $derived(this.floor.presenter === this.me.userId)

  readonly leads = $derived(this.me.role === 'leader')
  readonly edits = $derived(this.leads || this.me.role === 'scribe')
  readonly hosts = $derived(this.me.role === 'host' || this.me.role === 'scribe')
  readonly seated = $derived(this.me.seatId !== null)
  readonly members = $derived.by((): Seat[] => {
    if (this.room?.seats.length) return this.room.seats.filter((seat) => seat.sits)
    const here = Object.values(this.room?.people ?? {})
    return this.overview.seats.filter((seat) => seat.sits).map((seat) => asSeat(seat, here))
  })
  readonly sits = $derived(this.members.some((seat) => seat.seatId === this.me.seatId))
  readonly leader = $derived(this.members.find((seat) => seat.role === 'leader'))
  readonly present = $derived(this.members.filter((seat) => this.room?.people[seat.userId]))
  /** Opinions, items and votes may change. */
  readonly merging = $derived(
    this.panel !== undefined && (this.phase === 'in_session' || this.phase === 'deliberation')
  )
  readonly opinions = $derived.by(() => Object.values(this.panel?.opinions ?? {}).sort(byLabel))
  readonly unhandled = $derived(this.opinions.filter((one) => !one.itemId && !one.leftOut))
  readonly items = $derived(this.panel?.items ?? [])
  readonly standing = $derived(this.panel && this.room ? conclusionStanding(this.panel, this.room) : null)
  readonly version = $derived.by(() =>
    this.overview.plan.versions.find((one) => one.versionId === this.versionId)
  )

  /** Own drafts, with what is still on its way to the server. */
  readonly drafts = $derived.by((): Record<string, { fields: OpinionFields; savedAt: string | null }> => {
    const drafts: Record<string, { fields: OpinionFields; savedAt: string | null }> = { ...this.own?.drafts }
    for (const { operation } of this.client.sender.waiting) {
      if (operation.type === 'opinion.save') {
        const { opinionId, fields } = operation.payload as OperationPayloads['opinion.save']
        drafts[opinionId] = { fields, savedAt: null }
      }
      if (operation.type === 'opinion.discard') {
        delete drafts[(operation.payload as OperationPayloads['opinion.discard']).opinionId]
      }
    }
    return drafts
  })
  /** Marks on the plan: what the panel has, and one's own drafts. */
  readonly pins = $derived.by((): Pin[] => {
    const shown = this.opinions.map((one) => pinOf(one.opinionId, one.label, one.fields, false))
    const drafts = Object.entries(this.drafts).map(([id, { fields }]) => pinOf(id, '', fields, true))
    const sealed = Object.entries(this.own?.sealed ?? {})
      .filter(([id]) => !this.panel?.opinions[id])
      .map(([id, { label, fields }]) => pinOf(id, label, fields, false))
    return [...shown, ...sealed, ...drafts]
  })

  numberOf(itemId: string | null): number | null {
    const index = this.items.findIndex((item) => item.itemId === itemId)
    return index < 0 ? null : index + 1
  }
  seat(seatId: string): Seat | undefined {
    return this.room?.seats.find((one) => one.seatId === seatId)
  }
  /** 专家的名字, by seat. */
  nameOf(seatId: string): string {
    return this.seat(seatId)?.name ?? this.overview.seats.find((one) => one.seatId === seatId)?.name ?? ''
  }
  myVote(item: ItemEntry) {
    return this.me.seatId ? item.votes[this.me.seatId] : undefined
  }
  /** Items that wait for this person's word, in order. */
  readonly asked = $derived.by(() =>
    this.sits && this.merging ? this.items.filter((item) => !this.myVote(item)) : []
  )

  /** Does one thing; what the server refuses is said. Resolves with whether it was done. */
  async do<T extends OperationType>(type: T, payload: OperationPayloads[T]): Promise<boolean> {
    const ack = await this.client.send(type, payload)
    if (!ack.ok) toasts.show(refusalText(ack.error), { tone: 'warning' })
    return ack.ok
  }

  /** Shows a page on this screen; whoever presents shows it to all. */
  look(page: number | null, versionId: string = this.versionId): void {
    if (page === null) return
    if (this.presenting) {
      void this.do('page.turn', { versionId, page })
    } else if (page !== this.floor.page || versionId !== this.floor.versionId) {
      this.free = true
    }
    this.page = page
    this.versionId = versionId
  }

  follow(): void {
    this.free = false
    this.page = this.floor.page
    this.versionId = this.floor.versionId ?? this.versionId
  }

  select(id: string | null, opinion?: OpinionEntry): void {
    this.selected = id
    if (opinion) this.look(opinion.fields.page, this.overview.plan.versionId)
  }
}

function pinOf(id: string, label: string, fields: OpinionEntry['fields'], draft: boolean): Pin {
  return {
    id,
    label,
    page: fields.page,
    region: fields.region,
    severe: fields.kind === 'severe_defect',
    draft,
  }
}

/** A1, A2, … A10, B1. */
function byLabel(one: OpinionEntry, other: OpinionEntry): number {
  const letters = one.label.slice(0, 1).localeCompare(other.label.slice(0, 1))
  return letters || Number(one.label.slice(1)) - Number(other.label.slice(1))
}

/** Before the meeting is opened its seats name nobody's account; who is here is known by their letter. */
function asSeat(
  seat: SessionOverview['seats'][number],
  here: readonly { letter: string | null; userId: string }[]
): Seat {
  return { ...seat, userId: here.find(({ letter }) => letter === seat.letter)?.userId ?? '' }
}

export const provideMeeting = (meeting: Meeting): Meeting => setContext(key, meeting)
export const useMeeting = (): Meeting => getContext<Meeting>(key)
