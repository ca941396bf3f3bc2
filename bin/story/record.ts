import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface StepRecord {
  readonly n: number
  readonly step: string
  readonly who: string
  readonly what: string
  /** Business time at the end of the step. */
  readonly at: string
  readonly ms: number
}

export interface RuleRecord {
  readonly rule: string
  readonly step: string
  /** What the page said, or what was refused. */
  readonly outcome: string
}

export interface StoryRecord {
  outcome: 'running' | 'done' | 'stopped' | 'failed'
  failed?: { step: string; error: string; screens: string[] }
  address: string
  startedAt: string
  signIns: { name: string; mobile: string; password: string }[]
  ids: Record<string, any>
  steps: StepRecord[]
  rules: RuleRecord[]
  complaints: { who: string; text: string }[]
}

export function emptyRecord(): StoryRecord {
  return {
    outcome: 'running',
    address: '',
    startedAt: new Date().toISOString(),
    signIns: [],
    ids: {},
    steps: [],
    rules: [],
    complaints: [],
  }
}

export function readRecord(out: string): StoryRecord {
  const file = join(out, 'story.json')
  if (!existsSync(file)) throw new Error(`There is no earlier run in ${out}`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

export function writeRecord(out: string, record: StoryRecord): void {
  writeFileSync(join(out, 'story.json'), `${JSON.stringify(record, null, 2)}\n`)
}
