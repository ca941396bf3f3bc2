import { test } from '@japa/runner'
import { canonicalJson } from '#lib/canonical_json'
import { parseEntriesFile, type EntriesFile } from '#lib/draw/fairness/entries_file'
import { fairnessReport } from '#lib/draw/fairness/report'
import { seeded, shuffle } from '#lib/draw/fairness/seeded'
import { must, WORKED_EXAMPLE } from '../support/fixtures.js'
import { simulatedYear, YearLog } from './support/simulated_year.js'

const FILE = simulatedYear({ name: 'entries', draws: 12, sizes: WORKED_EXAMPLE, out: 4 })
const LIMITS = { alarmPerMille: 10, redraws: 19 }

async function faultsOf(change: (file: EntriesFile & { entries: any[]; streams: any[] }) => void) {
  const copy = structuredClone(FILE) as EntriesFile & { entries: any[]; streams: any[] }
  change(copy)
  return (await fairnessReport(copy, LIMITS)).faults
}

function at(file: EntriesFile, type: string): number {
  return file.entries.findIndex(({ leaf }) => JSON.parse(leaf).type === type)
}

test.group('DRAW-9: a year from the entries of the ledger alone', () => {
  test('is the same from a list in any order, and from its text', async ({ assert }) => {
    const report = await fairnessReport(FILE, LIMITS)
    assert.deepEqual(report.faults, [])
    const entries = shuffle([...FILE.entries], seeded('order'))
    const streams = shuffle([...FILE.streams], seeded('streams'))
    assert.deepEqual(await fairnessReport({ ...FILE, entries, streams }, LIMITS), report)
    const read = must(parseEntriesFile(canonicalJson(FILE as never)))
    assert.deepEqual(await fairnessReport(read, LIMITS), report)
  })

  test('notices each entry that is missing, wherever it stood', async ({ assert }) => {
    for (let i = 0; i < FILE.entries.length; i += 7) {
      const faults = await faultsOf((file) => file.entries.splice(i, 1))
      assert.include(
        faults.map(({ code }) => code),
        'entry_missing',
        `entry ${i}`
      )
    }
    const tail = await faultsOf((file) => file.entries.pop())
    assert.include(
      tail.map(({ code }) => code),
      'entry_missing'
    )
  })

  test('notices an entry that is altered, doubled, closed, swapped or of a stream nobody counted', async ({
    assert,
  }) => {
    const first = async (change: Parameters<typeof faultsOf>[0]) =>
      (await faultsOf(change)).map(({ code }) => code)
    const completed = at(FILE, 'draw.completed')
    assert.include(
      await first((file) => (file.entries[completed].payload.result.seats[0].id = 'E064')),
      'commitment'
    )
    assert.include(await first((file) => file.entries.push(file.entries[completed])), 'index_twice')
    assert.include(
      await first((file) => Object.assign(file.entries[completed], { salt: null, payload: null })),
      'entry_closed'
    )
    assert.include(await first((file) => (file.entries[completed].leaf = '{}')), 'leaf_unreadable')
    assert.include(await first((file) => file.streams.pop()), 'stream_unknown')
    assert.include(
      await first((file) => {
        const leaf = JSON.parse(file.entries[completed].leaf)
        file.entries[completed].leaf = canonicalJson({ ...leaf, at: '2026-03-01T00:00:00.000Z' })
      }),
      'stream_broken'
    )
  })

  test('counts what happened in the civil year of the commit, and says what can not be recomputed', async ({
    assert,
  }) => {
    const before = await fairnessReport({ ...FILE, year: 2025 }, LIMITS)
    assert.deepEqual([before.draws, before.faults], [0, []])
    const old = new YearLog()
    for (const { leaf, payload } of FILE.entries) {
      const { stream, type } = JSON.parse(leaf)
      const { eligible, ...rest } = payload as any
      const ids = type === 'draw.committed' ? { eligible: eligible.map(({ id }: { id: string }) => id) } : {}
      old.append(stream, type, { ...rest, ...ids })
    }
    const report = await fairnessReport(old.file(), LIMITS)
    assert.equal(report.recomputed, 0)
    assert.lengthOf(
      report.faults.filter(({ code }) => code === 'not_recomputable'),
      12
    )
    assert.deepEqual(report.experts, [])
    assert.isAbove(report.refusals.asked, 0)
  })

  test('holds a draw that waits, one that was taken over, and one whose entries make no sense', async ({
    assert,
  }) => {
    const log = new YearLog()
    const copy = (name: string, until: string, more: (stream: string, drawId: string) => void) => {
      const stream = `review/${name}`
      const drawId = name.padEnd(64, '0')
      for (const { leaf, payload } of FILE.entries) {
        const entry = JSON.parse(leaf)
        if (entry.stream !== 'review/entries-0') continue
        log.append(stream, entry.type, { ...payload, drawId })
        if (entry.type === until) break
      }
      more(stream, drawId)
    }
    copy('aa', 'draw.committed', () => {})
    copy('bb', 'review.confirm_panel', (_, drawId) => {
      log.append('review/bb2', 'draw.same_plan', { drawId, from: 'bb', to: 'bb2' })
      log.append('review/bb2', 'place.invite', { drawId, seat: 1 })
    })
    copy('cc', 'draw.completed', (stream, drawId) => {
      log.append(stream, 'place.accept', { drawId, seat: 99 })
      log.append(stream, 'draw.seat_refilled', { drawId: 'ff'.repeat(32), seat: 1, taken: null })
    })
    const report = await fairnessReport(log.file(), LIMITS)
    assert.deepEqual(
      report.faults.map(({ code }) => code),
      ['entry_out_of_place', 'entry_out_of_place', 'not_completed']
    )
    assert.deepEqual([report.draws, report.recomputed, report.panels], [3, 2, 0])
  })

  test('a file that is none is refused', ({ assert }) => {
    for (const text of [
      '',
      '{}',
      '[1]',
      canonicalJson({ ...FILE, spare: 1 } as never),
      JSON.stringify(FILE, null, 1),
    ]) {
      assert.isFalse(parseEntriesFile(text).ok)
    }
    const broken = structuredClone(FILE) as any
    broken.entries[0].salt = null
    assert.isFalse(parseEntriesFile(canonicalJson(broken)).ok)
  })
})
