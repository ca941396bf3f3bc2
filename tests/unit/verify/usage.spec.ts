import { test } from '@japa/runner'
import { folder, said, verify, writeAll, type Folder } from './support/command.ts'

test.group('npm run verify: how it is called', (group) => {
  let place: Folder
  group.setup(() => {
    place = folder()
    writeAll(place.path('empty'), {})
    writeAll(place.path('bad'), {
      'root.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    })
    writeAll(place.path('folder'), { 'notes.txt': 'x' })
    writeAll(place.path('folder', 'report.pdf'), { 'inner.txt': 'x' })
    writeAll(place.path('.'), { 'some.json': '{}' })
  })
  group.teardown(() => place.remove())

  test('--help says how, in the language asked for, and ends with 0', ({ assert }) => {
    for (const [lang, word] of [
      ['zh', '用法'],
      ['en', 'usage'],
    ] as const) {
      const { exit, out, err } = verify(['--help', '--lang', lang])
      assert.deepEqual([exit, err], [0, ''])
      assert.include(out, word)
      for (const option of ['--trust', '--json', '--lang', '--help']) assert.include(out, option)
    }
    assert.equal(verify(['-h']).exit, 0)
  })

  test('misuse ends with 2, says what was wrong on stderr, and prints no result', ({ assert }) => {
    const some = place.path('some.json')
    const cases: [string[], RegExp][] = [
      [[], /用法/],
      [['--json'], /用法/],
      [['--trusted', 'x', some], /--trusted/],
      [[some, '--trust'], /--trust/],
      [[some, '--lang', 'fr'], /--lang fr/],
      [[some, '--trust', place.path('absent')], /--trust: .*absent/],
      [[some, '--trust', place.path('bad')], /--trust: .*root\.pem/],
    ]
    for (const [args, said_] of cases) {
      const { exit, out, err } = verify(args)
      assert.deepEqual([exit, out], [2, ''], args.join(' '))
      assert.match(err, said_)
    }
  })

  test('what is not there, or holds nothing to verify, is unreadable: 2', ({ assert }) => {
    for (const name of ['absent.pdf', 'empty', 'folder']) {
      const ended = verify([place.path(name), '--json'])
      assert.equal(ended.exit, 2, name)
      const [result] = said(ended).results.values()
      assert.deepEqual(
        [result!.verdict, result!.steps.map(({ code }) => code)],
        ['unreadable', ['nothing_there']]
      )
    }
  })
})
