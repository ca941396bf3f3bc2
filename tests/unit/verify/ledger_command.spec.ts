import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from '@japa/runner'
import { formatVerifierKey } from '#lib/tlog/keys'
import { ledgerFiles, LOG, madeEntries, WITNESS, type LedgerFiles } from '#tests/support/made_ledger'
import { failed, folder, said, verify, type Folder } from './support/command.ts'

const FILES = ledgerFiles(madeEntries(300))

test.group('npm run verify: a ledger folder', (group) => {
  let here: Folder
  group.setup(() => {
    here = folder()
    leave('story/ledger', FILES)
    leave('altered', {
      ...FILES,
      'tile/entries/000': FILES['tile/entries/000']!.map((byte, i) => (i === 50 ? byte ^ 1 : byte)),
    })
    const { checkpoint, ...without } = FILES
    leave('headless', without)
    leave('trust', {})
    writeFileSync(here.path('trust', 'server.vkey'), `${formatVerifierKey(LOG)}\n`)
    writeFileSync(here.path('trust', 'witness.vkey'), `${formatVerifierKey(WITNESS)}\n`)
    writeFileSync(here.path('bad.vkey'), 'not a key\n')
    return () => (checkpoint ? here.remove() : undefined)
  })
  group.each.timeout(60_000)

  const leave = (name: string, files: LedgerFiles) => {
    mkdirSync(here.path(name), { recursive: true })
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(here.path(name, path)), { recursive: true })
      writeFileSync(here.path(name, path), content)
    }
  }

  test('genuine with pinned keys, by itself or in a folder above it', ({ assert }) => {
    const ended = verify(['--json', '--trust', here.path('trust'), here.path('story/ledger')])
    assert.equal(ended.exit, 0, ended.out + ended.err)
    assert.equal(said(ended).results.get('ledger')!.kind, 'ledger')
    const above = said(verify(['--json', '--trust', here.path('trust'), here.path('story')]))
    assert.deepEqual([...above.results.keys()], ['ledger'])
    assert.equal(above.exit, 0)
  })

  test('signer unknown with none of them pinned', ({ assert }) => {
    const { exit, results } = said(verify(['--json', here.path('story/ledger')]))
    assert.equal(exit, 1)
    assert.equal(results.get('ledger')!.verdict, 'consistent_unknown_signer')
  })

  test('what lies among a ledger’s files is judged for itself', ({ assert }) => {
    const forged = new TextEncoder().encode('{}')
    for (const path of ['evidence.json', 'tile/report.pdf']) {
      const name = `beside-${path.length}`
      leave(name, { ...FILES, [path]: forged })
      const ended = said(verify(['--json', '--trust', here.path('trust'), here.path(name)]))
      assert.equal(ended.results.get(name)!.verdict, 'genuine')
      assert.include(['not_genuine', 'unreadable'], ended.results.get(path)!.verdict, path)
      assert.notEqual(ended.exit, 0)
    }
  })

  test('an altered entry ends with 1 and is named, with its reason in both languages', ({ assert }) => {
    const ended = verify(['--json', '--trust', here.path('trust'), here.path('altered')])
    const altered = said(ended).results.get('altered')!
    assert.equal(ended.exit, 1)
    assert.include(failed(altered), 'ledger_entries')
    const step = altered.steps.find(({ ok }) => !ok)!
    assert.equal(step.detail, 'index 0')
    assert.isTrue(step.reason!.zh.length > 0 && step.reason!.en.length > 0)
  })

  test('without its checkpoint it is unreadable, not nothing to complain of', ({ assert }) => {
    const ended = verify(['--json', '--trust', here.path('trust'), here.path('headless')])
    assert.equal(ended.exit, 2)
    assert.equal(said(ended).results.get('headless')!.verdict, 'unreadable')
  })

  test('a malformed pinned key is misuse', ({ assert }) => {
    assert.equal(verify(['--trust', here.path('bad.vkey'), here.path('altered')]).exit, 2)
  })

  test('says it in words', ({ assert }) => {
    const { out } = verify(['--lang', 'zh', '--trust', here.path('trust'), here.path('altered')])
    assert.match(out, /存证日志/)
    assert.match(out, /\[ledger_entries\] index 0/)
    assert.match(out, /不真实/)
  })
})
