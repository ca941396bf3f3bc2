import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { findLivekitBinary } from '../../../app/sessions/media/livekit_binary.ts'
import { LivekitServer } from '../../../app/sessions/media/livekit_supervisor.ts'
import { MediaRooms } from '../../../app/sessions/media/media_rooms.ts'
import { mintRoomToken, type RoomRole } from '../../../app/sessions/media/media_tokens.ts'
import type { RecorderMessage } from '../../../app/sessions/media/recorder/recorder_messages.ts'
import { RecorderSupervisor } from '../../../app/sessions/media/recorder_supervisor.ts'
import { openBrowser } from './browser.ts'
import { serveTestPages } from './file_server.ts'

export const PROJECT_ROOT = join(import.meta.dirname, '../../..')
const ROOM = 'review'

export interface Attendance {
  picture: 'clock' | 'device' | 'none'
  sound: 'clock' | 'device' | 'none'
  role?: RoomRole
}

/** A room on a real livekit-server with real browser pages and the recorder in a process of its own. */
export class Meeting {
  server!: LivekitServer
  rooms!: MediaRooms
  browser!: Browser
  recorder!: RecorderSupervisor
  folder = ''
  address = ''
  messages: RecorderMessage[] = []
  #cleanups: (() => Promise<unknown>)[] = []

  static async open(): Promise<Meeting> {
    const meeting = new Meeting()
    meeting.folder = await mkdtemp(join(tmpdir(), 'recording-'))
    meeting.#cleanups.push(() => rm(meeting.folder, { recursive: true }))
    const binary = await findLivekitBinary({ projectRoot: PROJECT_ROOT, onProgress: console.log })
    if (!binary.ok) throw new Error(`${binary.error.code}: ${binary.error.detail}`)
    meeting.server = await LivekitServer.start({ binary: binary.value.path })
    meeting.#cleanups.push(() => meeting.server.stop())
    meeting.rooms = new MediaRooms(meeting.server)
    await meeting.rooms.create({ name: ROOM, maxParticipants: 30, metadata: '' })
    meeting.recorder = new RecorderSupervisor({
      server: meeting.server,
      room: ROOM,
      folder: meeting.folder,
      projectRoot: PROJECT_ROOT,
      onMessage: (message) => meeting.messages.push(message),
    })
    meeting.#cleanups.push(() => meeting.recorder.stop())
    const { server, address } = await serveTestPages(PROJECT_ROOT, () => join(meeting.folder, 'playback'))
    meeting.address = address
    meeting.#cleanups.push(async () => server.close())
    meeting.browser = await openBrowser()
    meeting.#cleanups.push(() => meeting.browser.close())
    return meeting
  }

  async join(identity: string, attendance: Attendance): Promise<Page> {
    const context = await this.browser.newContext({ permissions: ['camera', 'microphone'] })
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error(identity, error.message))
    await page.exposeFunction('admission', async () => ({
      url: this.server.endpoint.url,
      token: await mintRoomToken(this.server.endpoint, {
        room: ROOM,
        identity,
        name: identity.toUpperCase(),
        role: attendance.role ?? 'expert',
        phase: 'open',
      }),
    }))
    await page.goto(this.address)
    await page.evaluate((plan) => (window as any).meeting.join(plan), attendance)
    return page
  }

  /** Waits until the recorder has said something; fails after `withinMs`. */
  async heard(what: (message: RecorderMessage) => boolean, withinMs = 15_000): Promise<RecorderMessage> {
    const deadline = Date.now() + withinMs
    for (;;) {
      const found = this.messages.find(what)
      if (found) return found
      if (Date.now() > deadline)
        throw new Error(`not heard: ${what}; the last was ${JSON.stringify(this.messages.slice(-20))}`)
      await sleep(50)
    }
  }

  async close(): Promise<void> {
    for (const cleanup of this.#cleanups.reverse()) await cleanup()
    this.#cleanups = []
  }
}

export const room = ROOM
