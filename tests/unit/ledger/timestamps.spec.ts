import { test } from '@japa/runner'
import { sha256, utf8 } from '#lib/bytes'
import { parseTimestampList, parseTimestampPath } from '#lib/ledger/timestamps'
import { verifyLedgerFolder } from '#lib/ledger/verify_folder'
import { leafHash, merkleRoot } from '#lib/merkle'
import { parseCertificate } from '#lib/pki/certificate'
import { answerTimestampRequest } from '#lib/pki/timestamp_authority'
import { timestampRequest } from '#lib/pki/timestamp_request'
import { nextTimestampAt, pauseAfter } from '#ledger/domain/timestamp_is_due'
import {
  checkpointOf,
  ledgerFiles,
  LOG,
  madeEntries,
  WITNESS,
  type LedgerFiles,
} from '#tests/support/made_ledger'
import { DAY, makeAuthority, makeStamper, START, type Authority } from '../pki/fixtures.js'

const ENTRIES = madeEntries(300)
const DAYS = ['2026-03-18', '2026-03-19', '2026-03-20']

test.group('Ledger: daily timestamps', (group) => {
  let authority: Authority
  let files: LedgerFiles
  const stamp = async (bytes: Uint8Array, day: number, credential = authority.stamper) =>
    answerTimestampRequest(
      makeStamper(authority, credential, new Date(START.getTime() + day * DAY)),
      timestampRequest(sha256(bytes).slice(), 7n)
    )
  const at = (size: number) => checkpointOf(size, merkleRoot(ENTRIES.slice(0, size).map(leafHash)))
  group.setup(async () => {
    authority = await makeAuthority()
    files = { ...ledgerFiles(ENTRIES), 'timestamps/list': utf8(DAYS.map((day) => `${day}\n`).join('')) }
    for (const [i, size] of [1, 256, 300].entries()) {
      files[`timestamps/${DAYS[i]}.checkpoint`] = at(size)
      files[`timestamps/${DAYS[i]}.tsr`] = await stamp(at(size), i)
    }
  })

  const judge = async (changed: LedgerFiles, roots = [parseCertificate(authority.root.certificate)]) => {
    const all = { ...files, ...changed }
    const read = async (path: string) => all[path] ?? null
    const { verdict, checks } = await verifyLedgerFolder(read, [LOG, WITNESS], roots)
    return [verdict, ...checks.filter(({ ok }) => !ok).map(({ code, detail }) => `${code} ${detail}`)]
  }

  test('are genuine over checkpoints of the log, by an authority whose root is pinned', async ({
    assert,
  }) => {
    assert.deepEqual(await judge({}), ['genuine'])
    const unknown = ['consistent_unknown_signer', 'ledger_timestamp_root_trusted 2026-03-18']
    assert.deepEqual(await judge({}, []), unknown)
    const other = await makeAuthority()
    assert.deepEqual(await judge({}, [parseCertificate(other.root.certificate)]), unknown)
  })

  test('DRAW-9: one that is missing, moved, altered, of another log or of another key is named', async ({
    assert,
  }) => {
    const [first, second, third] = DAYS.map((day) => `timestamps/${day}`)
    const fork = checkpointOf(256, merkleRoot(madeEntries(256, 1).map(leafHash)))
    const beyond = checkpointOf(301, merkleRoot(madeEntries(301).map(leafHash)))
    const flipped = files[`${first}.tsr`]!.map((byte, i, { length }) => (i === length - 1 ? byte ^ 1 : byte))
    const cases: [LedgerFiles, string][] = [
      [{ [`${second}.tsr`]: files[`${first}.tsr`]! }, '2026-03-19 timestamp_imprint_differs'],
      [{ [`${first}.tsr`]: flipped }, '2026-03-18 timestamp_signature_invalid'],
      [{ [`${third}.checkpoint`]: at(299) }, '2026-03-20 timestamp_imprint_differs'],
      [{ [`${second}.checkpoint`]: fork, [`${second}.tsr`]: await stamp(fork, 1) }, '2026-03-19 another_log'],
      [
        { [`${third}.checkpoint`]: beyond, [`${third}.tsr`]: await stamp(beyond, 2) },
        '2026-03-20 another_log',
      ],
      [{ [`${second}.tsr`]: await stamp(at(256), 3) }, '2026-03-19 another_day'],
      [
        { [`${second}.tsr`]: await stamp(at(256), 1, authority.seal) },
        '2026-03-19 timestamp_wrong_key_usage',
      ],
      [{ 'timestamps/list': utf8('2026-03-18\n2026-03-17\n') }, 'list malformed'],
      [{ 'timestamps/list': utf8('2026-03-18\n2026-03-21\n') }, '2026-03-21 missing'],
    ]
    for (const [changed, detail] of cases)
      assert.deepEqual(await judge(changed), ['not_genuine', `ledger_timestamps ${detail}`])
  })

  test('days and paths have one spelling', ({ assert }) => {
    assert.deepEqual(parseTimestampList(utf8('')), [])
    for (const list of ['2026-02-30\n', '2026-03-18', '2026-3-18\n', '2026-03-18\n2026-03-18\n', '\n'])
      assert.isUndefined(parseTimestampList(utf8(list)), list)
    assert.deepEqual(parseTimestampPath('timestamps/2026-03-18.tsr'), { day: '2026-03-18', kind: 'tsr' })
    for (const path of ['timestamps/2026-13-01.tsr', 'timestamps/../checkpoint', 'timestamps/2026-03-18.pem'])
      assert.isUndefined(parseTimestampPath(path), path)
  })

  test('one is due soon after each UTC midnight; failures are tried again, ever more rarely', ({
    assert,
  }) => {
    const next = (now: string) => nextTimestampAt(new Date(now)).toJSON()
    assert.equal(next('2026-03-18T00:00:00.000Z'), '2026-03-19T00:05:00.000Z')
    assert.equal(next('2026-12-31T23:59:59.999Z'), '2027-01-01T00:05:00.000Z')
    assert.deepEqual([1, 2, 3, 20].map(pauseAfter), [10_000, 20_000, 40_000, 3_600_000])
  })
})
