import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EndReason, IndexLine } from '../recorder/track_index.ts'
import type { MediaFrame } from '../recorder/webm_bytes.ts'
import { readSegment } from './read_segment.ts'

type Line<T extends IndexLine['type']> = Extract<IndexLine, { type: T }>

export interface SegmentRecord {
  file: string
  sha256: string
  bytes: number
  /** `open`: never closed by its writer, so nothing vouches for it but this hash, taken when finalising. */
  state: 'sealed' | 'open' | 'altered' | 'missing'
}

/** One uninterrupted stretch of a track, as the recorder left it. */
export interface Take {
  folder: string
  path: string
  start: Line<'start'>
  anchors: Line<'anchor'>[]
  reports: Line<'report'>[]
  mutes: Line<'muted'>[]
  resolutions: Line<'resolution'>[]
  losses: Line<'loss'>[]
  segments: SegmentRecord[]
  /** Null when the recorder was killed. */
  end: { at: number; reason: EndReason } | null
}

/** All takes below a recording's folder, by start. Folders without a first line are passed over: nothing is in them. */
export async function readTakes(recordingFolder: string): Promise<Take[]> {
  const entries = await readdir(recordingFolder, { withFileTypes: true })
  const takes: Take[] = []
  for (const entry of entries) {
    if (!entry.isDirectory()) continue
    const take = await readTake(recordingFolder, entry.name)
    if (take !== null) takes.push(take)
  }
  return takes.sort((a, b) => a.start.at - b.start.at || (a.folder < b.folder ? -1 : 1))
}

/** The frames of a take in order; one segment in memory at a time. */
export async function* framesOf(take: Take): AsyncGenerator<MediaFrame> {
  for (const segment of take.segments) {
    if (segment.state === 'missing') continue
    yield* readSegment(await readFile(join(take.path, segment.file))).frames
  }
}

async function readTake(recordingFolder: string, folder: string): Promise<Take | null> {
  const path = join(recordingFolder, folder)
  const names = await readdir(path)
  if (!names.includes('index.jsonl')) return null
  const lines = parseLines(await readFile(join(path, 'index.jsonl'), 'utf8'))
  const start = ofType(lines, 'start')[0]
  if (start === undefined) return null
  return {
    folder,
    path,
    start,
    anchors: ofType(lines, 'anchor'),
    reports: ofType(lines, 'report'),
    mutes: ofType(lines, 'muted'),
    resolutions: ofType(lines, 'resolution'),
    losses: ofType(lines, 'loss'),
    segments: await readSegmentRecords(path, names, ofType(lines, 'segment')),
    end: ofType(lines, 'end')[0] ?? null,
  }
}

/** A recorder that was killed may have left half a last line. */
function parseLines(text: string): IndexLine[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as IndexLine)
}

function ofType<T extends IndexLine['type']>(lines: IndexLine[], type: T): Line<T>[] {
  return lines.filter((line): line is Line<T> => line.type === type)
}

async function readSegmentRecords(
  path: string,
  names: string[],
  sealed: Line<'segment'>[]
): Promise<SegmentRecord[]> {
  const files = new Set([
    ...names.filter((name) => name.endsWith('.webm')),
    ...sealed.map((line) => line.file),
  ])
  const records: SegmentRecord[] = []
  for (const file of [...files].sort()) {
    const line = sealed.find((one) => one.file === file)
    if (!names.includes(file)) {
      records.push({ file, sha256: line!.sha256, bytes: line!.bytes, state: 'missing' })
      continue
    }
    const bytes = await readFile(join(path, file))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const state = line === undefined ? 'open' : line.sha256 === sha256 ? 'sealed' : 'altered'
    records.push({ file, sha256, bytes: bytes.length, state })
  }
  return records
}
