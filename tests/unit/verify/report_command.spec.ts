import { test } from '@japa/runner'
import { latin1 } from '../../../lib/pki/bytes.ts'
import { makeAuthority } from '../pki/fixtures.ts'
import {
  failed,
  folder,
  npmRunVerify,
  said,
  trustOf,
  verify,
  writeAll,
  type Folder,
  type Said,
} from './support/command.ts'
import { ALTERED, signedReport } from './support/report_alterations.ts'

const UNREADABLE: Record<string, [Uint8Array, string]> = {
  'empty.pdf': [latin1(''), 'unknown_kind'],
  'page.pdf': [latin1('<html></html>'), 'unknown_kind'],
  'archive.zip': [latin1('PK'), 'unknown_kind'],
  'binary.pdf': [Uint8Array.of(0xff, 0xfe, 0), 'unknown_kind'],
}

test.group('npm run verify: reports', (group) => {
  let place: Folder
  let results: Map<string, Said>
  const fileOf = (index: number) => `${String(index).padStart(2, '0')}.pdf`

  group.setup(async () => {
    place = folder()
    const { signing, signed } = await signedReport()
    writeAll(place.path('trust'), trustOf(signing.authority))
    writeAll(place.path('none'), {})
    writeAll(place.path('other'), trustOf(await makeAuthority()))
    writeAll(place.path('.'), { 'report.pdf': signed })
    writeAll(
      place.path('unreadable'),
      Object.fromEntries(Object.entries(UNREADABLE).map(([name, [content]]) => [name, content]))
    )
    const altered: Record<string, Uint8Array> = {}
    for (const [index, [, alter]] of ALTERED.entries()) altered[fileOf(index)] = await alter()
    writeAll(place.path('altered'), altered)
    const ended = verify([place.path('altered'), '--trust', place.path('trust'), '--json'])
    const { exit, results: all } = said(ended)
    if (ended.exit !== 1 || exit !== 1) throw new Error(`exit ${ended.exit}: ${ended.err}`)
    results = all
  })
  group.teardown(() => place.remove())

  test('REP-2: a genuine report: 0, as one types it, by a path of where one stands', ({ assert }) => {
    const ended = npmRunVerify(place.path('.'), ['report.pdf', '--trust', 'trust', '--lang', 'en'])
    assert.equal(ended.exit, 0, ended.out + ended.err)
    assert.match(ended.out.trim().split('\n').at(-1)!, /Genuine/)
    const json = verify([place.path('report.pdf'), '--trust', place.path('trust'), '--json'])
    const result = said(json).results.get('report.pdf')!
    assert.deepEqual([json.exit, result.verdict, failed(result)], [0, 'genuine', []])
    assert.lengthOf(
      result.steps.filter(({ code }) => code === 'signature'),
      6
    )
  })

  test('at least forty alterations, and none of them is the report', ({ assert }) => {
    assert.isAtLeast(ALTERED.length, 40)
    assert.equal(results.size, ALTERED.length)
  })

  test('REP-2: not genuine, with the reason: {name}')
    .with(ALTERED.map(([name], index) => ({ name, index })))
    .run(({ assert }, { index }) => {
      const result = results.get(fileOf(index))!
      assert.deepEqual([result.verdict, failed(result)], ['not_genuine', ALTERED[index]![2]])
      for (const { ok, reason } of result.steps) {
        assert.equal(reason === null, ok)
        if (reason) assert.match(reason.zh, /[一-鿿]/)
        if (reason) assert.match(reason.en, /^[^一-鿿]{8,}$/)
      }
    })

  test('what is no report is unreadable: 2', ({ assert }) => {
    const ended = verify([place.path('unreadable'), '--trust', place.path('trust'), '--json'])
    assert.equal(ended.exit, 2)
    const all = said(ended).results
    for (const [name, [, code]] of Object.entries(UNREADABLE)) {
      assert.deepEqual([all.get(name)!.verdict, failed(all.get(name)!)], ['unreadable', [code]], name)
    }
  })

  test('without roots: consistent, signer unknown, 1; with roots of somebody else: not genuine', ({
    assert,
  }) => {
    for (const trust of [['--trust', place.path('none')], []]) {
      const ended = verify([place.path('report.pdf'), '--json', ...trust])
      const result = said(ended).results.get('report.pdf')!
      assert.deepEqual(
        [ended.exit, result.verdict, failed(result)],
        [1, 'consistent_unknown_signer', ['root_trusted']]
      )
    }
    const other = verify([place.path('report.pdf'), '--json', '--trust', place.path('other')])
    const result = said(other).results.get('report.pdf')!
    assert.deepEqual(
      [other.exit, result.verdict, failed(result)],
      [1, 'not_genuine', ['timestamp_certificate_unknown_issuer']]
    )
  })

  test('the pinned set of the installation is used where none is given', ({ assert }) => {
    const ended = verify([place.path('report.pdf')], { VAR_DIR: place.path('.') })
    assert.equal(ended.exit, 0, ended.out)
  })

  test('of several inputs the worst: genuine, not genuine, unreadable', ({ assert }) => {
    const trust = ['--trust', place.path('trust'), '--json']
    const [good, bad, none] = [
      place.path('report.pdf'),
      place.path('altered', fileOf(0)),
      place.path('absent.pdf'),
    ]
    assert.equal(verify([good, good, ...trust]).exit, 0)
    assert.equal(verify([good, bad, ...trust]).exit, 1)
    const all = verify([bad, none, good, ...trust])
    assert.equal(all.exit, 2)
    assert.equal(said(all).exit, 2)
    assert.deepEqual(failed(said(all).results.get(none)!), ['nothing_there'])
  })

  test('in words: the reason with its code, and the verdict as the last line, in both languages', ({
    assert,
  }) => {
    const bad = place.path('altered', fileOf(8))
    for (const [lang, reason, verdict] of [
      ['zh', /最后一个签名之后还有内容 \[bytes_after_end\]/, /^ {2}不真实/],
      ['en', /there is content behind the last signature \[bytes_after_end\]/, /^ {2}Not genuine/],
    ] as const) {
      const { out, exit } = verify([bad, '--trust', place.path('trust'), '--lang', lang])
      assert.equal(exit, 1)
      assert.match(out, reason)
      assert.match(out.trimEnd().split('\n').at(-1)!, verdict)
    }
  })
})
