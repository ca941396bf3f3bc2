import { test } from '@japa/runner'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { verifyBundle } from '#lib/bundle/verify_bundle'
import { canonicalJson, type Json } from '#lib/canonical_json'
import { consistencyProof, merkleRoot } from '#lib/merkle'
import { parseCertificate } from '#lib/pki/certificate'
import { answerTimestampRequest } from '#lib/pki/timestamp_authority'
import { timestampRequest } from '#lib/pki/timestamp_request'
import { timestampsAround } from '#ledger/domain/timestamps_around'
import { checkpointOf } from '#tests/support/made_ledger'
import { DAY, makeAuthority, makeStamper, START, type Authority } from '../pki/fixtures.js'
import { keys, madeLog } from './support/made_log.js'

const DAYS = ['2026-03-18', '2026-03-19'] as const
const SIZES = [4, 9] as const
/** The last tells of the bundle; the review's own are 0 to 3. */
const TOLD = 9
type At = (index: number) => string
const rightly: At = (index) => {
  if (index === TOLD) return '2026-03-19T10:00:00.000Z'
  return index < SIZES[0] ? '2026-03-18T01:00:00.000Z' : '2026-03-19T01:00:00.000Z'
}

test.group('Evidence bundles: daily timestamps', (group) => {
  let authority: Authority
  group.setup(async () => {
    authority = await makeAuthority()
  })

  const stampOf = async (note: Uint8Array, day: number) =>
    answerTimestampRequest(
      makeStamper(authority, authority.stamper, new Date(START.getTime() + day * DAY)),
      timestampRequest(sha256(note).slice(), 7n)
    )
  const noteOf = (leaves: readonly Uint8Array[], size: number) =>
    checkpointOf(size, merkleRoot(leaves.slice(0, size)))

  type Stamps = { note: Uint8Array; response: Uint8Array }[]
  /** The bundle of a log whose first trees were stamped; `change` may put others in their place. */
  async function judged(
    options: {
      at?: At
      change?: (stamps: Stamps) => void | Promise<void>
      proofs?: (given: Record<string, string[]>) => Json | null
      leaveOut?: string
      roots?: boolean
    } = {}
  ) {
    const { at = rightly, roots = true } = options
    const { leaves } = madeLog(at)
    const stamps: Stamps = []
    for (const [day, size] of SIZES.entries()) {
      const note = noteOf(leaves, size)
      stamps.push({ note, response: await stampOf(note, day) })
    }
    await options.change?.(stamps)
    const listed: [string, Uint8Array][] = [['timestamps/list', utf8(DAYS.map((day) => `${day}\n`).join(''))]]
    for (const [i, { note, response }] of stamps.entries())
      listed.push([`timestamps/${DAYS[i]}.checkpoint`, note], [`timestamps/${DAYS[i]}.tsr`, response])
    const log = madeLog(at, listed)
    const files = new Map([
      ['bundle.json', utf8(canonicalJson(log.manifest))],
      ['ledger/checkpoint', log.checkpoint],
      ...log.files.map(({ path, bytes }) => [path, bytes] as const),
      ['ledger/entries.jsonl', jsonl(log.entries)],
      ['ledger/erasures.jsonl', jsonl(log.ledger.slice(0, 1))],
    ])
    const proofs = Object.fromEntries(
      DAYS.map((day, i) => [day, consistencyProof(log.leaves, SIZES[i]!).map(toHex)])
    )
    const shown = options.proofs ? options.proofs(proofs) : proofs
    if (shown !== null) files.set('timestamps/consistency.json', utf8(canonicalJson(shown)))
    if (options.leaveOut) files.delete(options.leaveOut)
    const pinned = roots ? [parseCertificate(authority.root.certificate)] : []
    const { verdict, checks } = await verifyBundle(files, keys, pinned)
    const failed = checks.filter(({ ok }) => !ok).map(({ code, detail }) => `${code} ${detail}`)
    return { verdict, failed, checks }
  }
  const jsonl = (lines: readonly unknown[]) =>
    utf8(`${lines.map((line) => canonicalJson(line as Json)).join('\n')}\n`)

  test('DRAW-9: over trees that the checkpoint goes on from: genuine, and says since when', async ({
    assert,
  }) => {
    const { verdict, failed, checks } = await judged()
    assert.deepEqual([verdict, failed], ['genuine', []])
    const told = checks.find(({ code }) => code === 'bundle_timestamps')!.detail!
    assert.match(told, /^index < 4: 2026-03-18T.*; index < 9: 2026-03-19T/)
    const unknown = await judged({ roots: false })
    assert.equal(unknown.verdict, 'consistent_unknown_signer')
    assert.deepEqual(unknown.failed, ['ledger_timestamp_root_trusted 2026-03-18'])
  })

  test('DRAW-9: an entry that claims a later time than one that covers it', async ({ assert }) => {
    const claims =
      (index: number, time: string): At =>
      (i) =>
        i === index ? time : rightly(i)
    const later = await judged({ at: claims(3, '2026-03-18T09:30:00.000Z') })
    assert.deepEqual(later.failed, ['bundle_times index 3 2026-03-18'])
    assert.equal(later.verdict, 'not_genuine')
    // The tree that was stamped may be older than the timestamp.
    assert.deepEqual((await judged({ at: claims(TOLD, '2026-03-18T01:00:00.000Z') })).failed, [])
    assert.deepEqual((await judged({ at: claims(3, '2026-03-18T08:49:00.000Z') })).failed, [])
  })

  test('one that is another day’s, of another log, or that nothing leads from', async ({ assert }) => {
    const of = async (options: Parameters<typeof judged>[0]) => (await judged(options)).failed
    const exchanged = (stamps: Stamps) => void (stamps[1]!.response = stamps[0]!.response)
    assert.deepEqual(await of({ change: exchanged }), [
      'bundle_timestamps 2026-03-19 timestamp_imprint_differs',
    ])
    const fork = async (stamps: Stamps) => {
      const note = noteOf(madeLog(() => '2026-03-18T02:00:00.000Z').leaves, SIZES[0])
      stamps[0] = { note, response: await stampOf(note, 0) }
    }
    const foreign = ['bundle_timestamps 2026-03-18 another_log']
    assert.deepEqual(await of({ change: fork }), foreign)
    assert.deepEqual(await of({ proofs: ({ [DAYS[1]]: last }) => ({ [DAYS[1]]: last! }) }), foreign)
    const bent = (given: Record<string, string[]>) => ({ ...given, [DAYS[0]]: given[DAYS[1]]! })
    assert.deepEqual(await of({ proofs: bent }), foreign)
    assert.deepEqual(await of({ proofs: (given) => ({ ...given, '2026-03-20': [] }) }), [
      'bundle_timestamps 2026-03-20 missing',
    ])
    for (const proofs of [() => null, () => [], () => ({ [DAYS[0]]: ['x'] })])
      assert.deepEqual(await of({ proofs }), ['bundle_timestamps consistency.json malformed'])
    assert.includeMembers(await of({ leaveOut: 'timestamps/2026-03-19.tsr' }), [
      'bundle_files timestamps/2026-03-19.tsr',
    ])
    assert.includeMembers(await of({ leaveOut: 'timestamps/list' }), ['bundle_timestamps timestamps/list'])
  })

  test('those chosen are the last before each entry and the first after it', ({ assert }) => {
    const stamps = [2, 2, 5, 9, 12].map((size, day) => ({ size, day }))
    const days = (...indexes: number[]) => timestampsAround(stamps, indexes).map(({ day }) => day)
    assert.deepEqual(days(0), [0])
    assert.deepEqual(days(3), [1, 2])
    assert.deepEqual(days(3, 10), [1, 2, 3, 4])
    assert.deepEqual(days(20), [4])
    assert.deepEqual(days(), [])
    assert.deepEqual(timestampsAround([], [3]), [])
  })
})
