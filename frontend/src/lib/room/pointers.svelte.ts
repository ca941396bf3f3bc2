import type { Volatile } from '@shared/room/protocol.ts'

interface Pointer {
  userId: string
  versionId: string
  page: number
  x: number
  y: number
  until: number
}

/** A pointer that does not move fades after this many milliseconds; so does "正在写". */
const shownMs = 4000

/** What passes by and is not kept: where others point, who writes, who speaks without video. */
class Passing {
  list = $state.raw<Pointer[]>([])
  /** Item that somebody writes in, by user. */
  typing = $state<Record<string, { itemId: string; until: number }>>({})
  speaking = $state<Record<string, boolean>>({})

  take({ userId, ...message }: { userId: string } & Volatile): void {
    const until = Date.now() + shownMs
    if (message.kind === 'pointer') {
      const { versionId, page, x, y } = message
      this.list = [
        ...this.list.filter((one) => one.userId !== userId),
        { userId, versionId, page, x, y, until },
      ]
    } else if (message.kind === 'typing') {
      if (message.itemId) this.typing[userId] = { itemId: message.itemId, until }
      else delete this.typing[userId]
    } else {
      this.speaking[userId] = message.on
    }
  }

  /** Called each second while a room is open. */
  fade(): void {
    const now = Date.now()
    if (this.list.some((one) => one.until < now)) this.list = this.list.filter((one) => one.until >= now)
    for (const [userId, { until }] of Object.entries(this.typing)) if (until < now) delete this.typing[userId]
  }

  clear(): void {
    this.list = []
    this.typing = {}
    this.speaking = {}
  }
}

export const pointers = new Passing()
