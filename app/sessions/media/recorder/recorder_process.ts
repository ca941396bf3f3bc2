import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RecorderCommand, RecorderConfiguration, RecorderMessage } from './recorder_messages.ts'
import { RoomRecorder, steadyNow } from './room_recorder.ts'

const LOAD_EVERY_MS = 10_000
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 3000

/** A recorder without a parent would record a meeting that nobody administers any more: it ends with it. */
export async function runRecorder(
  configuration: RecorderConfiguration,
  udpBufferBytes: () => number
): Promise<void> {
  let stopping = false
  let current: RoomRecorder | null = null
  let token: (token: string) => void = () => undefined
  let wake = new AbortController()

  const stop = (): void => {
    stopping = true
    wake.abort()
    token('')
    void current?.stop()
  }
  process.on('message', (command: RecorderCommand) => {
    if (command.type === 'stop') stop()
    else token(command.token)
  })
  process.on('disconnect', stop)
  process.on('SIGTERM', stop)
  // Ctrl-C in the terminal reaches the whole group; the parent stops its recorders in good order.
  process.on('SIGINT', () => undefined)
  const load = reportLoad(udpBufferBytes)

  tell({ type: 'state', state: 'joining', at: steadyNow(), detail: '' })
  let pause = FIRST_PAUSE_MS
  while (!stopping) {
    const wanted = new Promise<string>((resolve) => (token = resolve))
    tell({ type: 'token_wanted' })
    const given = await wanted
    if (stopping) break
    const started = Date.now()
    current = new RoomRecorder({ url: configuration.url, token: given, folder: configuration.folder, tell })
    const detail = await current.finished
    current = null
    if (stopping) break
    tell({ type: 'state', state: 'reconnecting', at: steadyNow(), detail })
    pause = Date.now() - started > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * 2)
    wake = new AbortController()
    await sleep(pause, undefined, { signal: wake.signal }).catch(() => undefined)
  }
  clearInterval(load)
  tell({ type: 'state', state: 'stopped', at: steadyNow(), detail: '' })
}

function tell(message: RecorderMessage): void {
  if (process.connected) process.send?.(message)
}

function reportLoad(udpBufferBytes: () => number): NodeJS.Timeout {
  let before = process.cpuUsage()
  return setInterval(() => {
    const used = process.cpuUsage(before)
    before = process.cpuUsage()
    tell({
      type: 'load',
      cpuPercent: (used.user + used.system) / 10 / LOAD_EVERY_MS,
      residentBytes: process.memoryUsage.rss(),
      udpBufferBytes: udpBufferBytes(),
      udpOverflows: udpOverflows(),
    })
  }, LOAD_EVERY_MS)
}

/** The system's count of UDP packets dropped for want of buffer; 0 where there is no /proc. */
function udpOverflows(): number {
  let lines: string[][]
  try {
    lines = readFileSync('/proc/net/snmp', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('Udp:'))
      .map((line) => line.split(' '))
  } catch {
    return 0
  }
  const column = lines[0]?.indexOf('RcvbufErrors') ?? -1
  return Number(lines[1]?.[column] ?? 0)
}
