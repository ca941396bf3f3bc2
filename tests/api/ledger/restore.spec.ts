import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { runStep } from '#bin/platform/run_step'
import { utf8 } from '#lib/bytes'
import { parseVerifierKey } from '#lib/tlog/keys'
import { openCheckpoint } from '#lib/tlog/open_checkpoint'
import { ace } from '#tests/support/ace'
import { ROOT, testInstance, type TestInstance } from '#tests/support/cluster'
import { signIn } from '#tests/support/person'
import { enter, until } from './support/log.js'

type Health = { problems: { code: string; [parameter: string]: unknown }[] }

/** One installation's bad day: backed up, gone on, restored; what is refused, and the lawful way. */
test.group('Ledger: backup and restore', (group) => {
  let app: TestInstance
  let folder: string
  group.setup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lz-backup-'))
    app = await testInstance()
    return async () => {
      await app.stop()
      rmSync(folder, { recursive: true })
    }
  })
  group.each.timeout(120_000)

  const administer = (...args: string[]) => {
    const { environment, access } = app.instance
    const urls = { DATABASE_URL: access.app, DATABASE_OWNER_URL: access.owner }
    return runStep(process.execPath, ['--import=./bin/typescript.mjs', 'bin/ace.ts', ...args], {
      cwd: ROOT,
      // Relative paths count from where somebody stands.
      env: { ...environment, ...urls, INIT_CWD: folder, FORCE_COLOR: '0' },
    })
  }
  const settled = () =>
    until(async () => {
      const { rows } = await app.sql.query(
        'SELECT h.size FROM ledger_head h JOIN ledger_checkpoints c ON c.size = h.size AND c.cosigned WHERE h.size > 0'
      )
      return rows.length > 0 ? Number(rows[0].size) : null
    })
  const health = async () => (await (await fetch(`${app.url}/health`)).json()) as Health
  const backupFolder = () => join(folder, 'backup')
  const published = () => join(folder, 'published')
  const resume = (source: string) =>
    ace(app, 'ledger:resume', source, '--by=韦国庆 系统管理员', '--reason=磁盘损坏，恢复 2026-07-01 的备份')
  let backedUp = 0
  let signed = 0

  test('a backup holds every table and the files, the keys only when asked, the head of the log never', async ({
    assert,
  }) => {
    backedUp = await settled()
    const outcome = await administer('backup', backupFolder())
    assert.isTrue(outcome.ok, outcome.output)
    const manifest = JSON.parse(readFileSync(join(backupFolder(), 'backup.json'), 'utf8'))
    assert.equal(manifest.ledger.size, backedUp)
    const { rows } = await app.sql.query(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'adonis%'"
    )
    assert.sameMembers(
      Object.keys(manifest.tables),
      rows.map((row) => row.tablename)
    )
    const files = Object.keys(manifest.files)
    assert.includeMembers(files, ['trust/root.pem', 'trust/server.vkey'])
    assert.isEmpty(files.filter((path) => /^(keys|ledger-head|witness|postgres)/.test(path)))
    assert.isFalse((await administer('backup', backupFolder())).ok)
  })

  test('DRAW-9: restored behind what was signed, nothing is appended, and everybody is told', async ({
    assert,
  }) => {
    await enter(app, 3)
    signed = await settled()
    assert.isAbove(signed, backedUp)
    assert.isTrue((await ace(app, 'ledger:export', published())).ok)
    await app.instance.stopApp()
    const spoilt = join(folder, 'spoilt')
    cpSync(backupFolder(), spoilt, { recursive: true })
    writeFileSync(join(spoilt, 'tables', 'users.ndjson.gz'), 'x')
    const refused = await administer('restore', spoilt, '--yes')
    assert.match(refused.output, /users\.ndjson\.gz is not what was backed up/)
    const outcome = await administer('restore', backupFolder(), '--yes')
    assert.isTrue(outcome.ok, outcome.output)
    assert.match(
      outcome.output,
      /signed up to \d+ entries: the last \d+ are not in the backup\. Nothing is appended until npm run ace -- ledger:resume/
    )
    await app.instance.startApp()
    // Signing in is told to the log as well.
    await assert.rejects(() => signIn(app.url, '19900000001'), /503.*E_LEDGER_BEHIND/)
    await assert.rejects(
      () => app.sql.query('UPDATE ledger_head SET behind = NULL'),
      /behind what was signed/
    )
    await until(async () =>
      (await health()).problems.some(({ code }) => code === 'ledger_rolled_back') ? true : null
    )
    assert.equal((await fetch(`${app.url}/log/checkpoint`)).status, 503)
    const { rows } = await app.sql.query('SELECT size::int, behind FROM ledger_head')
    assert.equal(rows[0].size, backedUp)
    assert.deepInclude(rows[0].behind, { code: 'ledger_rolled_back', signed })
  })

  test('it does not go on from a log that is too short, unfinished, altered or another one', async ({
    assert,
  }) => {
    const source = (name: string, change: (path: string) => void) => {
      const path = join(folder, name)
      cpSync(published(), path, { recursive: true })
      change(path)
      return path
    }
    const partial = `${String(Math.floor(signed / 256)).padStart(3, '0')}.p/${signed % 256}`
    const entries = (path: string) => join(path, 'tile', 'entries', partial)
    for (const [path, code] of [
      [source('cut', (one) => rmSync(entries(one))), /source_incomplete/],
      [
        source('edited', (one) => {
          const bytes = readFileSync(entries(one))
          bytes.write('0', bytes.lastIndexOf('"commit":"') + 12)
          writeFileSync(entries(one), bytes)
        }),
        /source_altered/,
      ],
      [
        source('unsigned', (one) =>
          writeFileSync(
            join(one, 'checkpoint'),
            readFileSync(join(one, 'checkpoint'), 'utf8').replace(/\d+/, '9')
          )
        ),
        /source_not_signed/,
      ],
    ] as const) {
      const outcome = await resume(path)
      assert.isFalse(outcome.ok)
      assert.match(outcome.output, code)
    }
  })

  test('the lawful way: leaves come back from what was published, and an entry says what was lost', async ({
    assert,
  }) => {
    const outcome = await resume(published())
    assert.isTrue(outcome.ok, outcome.output)
    await until(async () => ((await health()).problems.length === 0 ? true : null))
    await enter(app, 1)
    const size = await settled()
    const checkpoint = await (await fetch(`${app.url}/log/checkpoint`)).text()
    const keys = ['server', 'witness'].map((name) => {
      const text = readFileSync(join(app.instance.options.varDir, 'trust', `${name}.vkey`), 'utf8')
      const key = parseVerifierKey(text.trimEnd())
      if (!key.ok) throw new Error(name)
      return key.value
    })
    const opened = openCheckpoint(utf8(checkpoint), keys)
    // The witness cosigned it by its own rule: it extends all that it saw before.
    assert.isTrue(opened.ok && opened.value.cosigned.length === 1 && opened.value.size === size)
    const { rows } = await app.sql.query('SELECT type FROM ledger_entries WHERE index = $1', [signed])
    assert.equal(rows[0].type, 'ledger.restored')
    const page = (await (await fetch(`${app.url}/api/public/log`)).json()) as any
    assert.deepInclude(page.restorations[0], { index: signed, lost: { from: backedUp, to: signed } })
    const verified = await ace(app, 'ledger:verify')
    assert.isTrue(verified.ok, verified.output)
    assert.match(verified.output, new RegExp(` ${signed - backedUp} lost`))
    assert.match((await resume(published())).output, /source_too_short|not_behind/)
    assert.isTrue(existsSync(join(app.instance.options.varDir, 'ledger-head')))
  })

  test('on another machine, without the head kept apart: the witness says how far the log went', async ({
    assert,
  }) => {
    const again = join(folder, 'again')
    assert.isTrue((await administer('backup', again)).ok)
    const before = await settled()
    await enter(app, 2)
    signed = await settled()
    const source = join(folder, 'mirror')
    assert.isTrue((await administer('ledger:export', 'mirror')).ok)
    await app.instance.stopApp()
    assert.isTrue((await administer('restore', again, '--yes')).ok)
    rmSync(join(app.instance.options.varDir, 'ledger-head'), { recursive: true })
    await app.instance.startApp()
    await assert.rejects(() => signIn(app.url, '19900000001'), /503.*E_LEDGER_BEHIND/)
    assert.match((await resume(published())).output, /source_too_short/)
    const outcome = await resume(source)
    assert.isTrue(outcome.ok, outcome.output)
    await until(async () => ((await health()).problems.length === 0 ? true : null))
    await enter(app, 1)
    assert.isAbove(await settled(), signed)
    const page = (await (await fetch(`${app.url}/api/public/log`)).json()) as any
    assert.deepEqual(page.restorations.at(-1).lost, { from: before, to: signed })
    assert.isTrue((await ace(app, 'ledger:verify')).ok)
  })

  test('content gone without being declared lost is still found', async ({ assert }) => {
    await app.sql.query(
      'BEGIN; SET LOCAL session_replication_role = replica; UPDATE ledger_payloads SET salt = NULL, payload = NULL WHERE index = 5; COMMIT'
    )
    const verified = await ace(app, 'ledger:verify')
    assert.isFalse(verified.ok)
    assert.match(verified.output, /payload_missing.*"index":5/)
  })
})
