import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { nothingToAdminister } from '#bin/ace/existing_installation'
import { asksForTheList, listOfCommands, OWN_COMMANDS } from '#bin/ace/own_commands'
import { databaseFolders, DatabaseMissing, startEmbeddedPostgres } from '#bin/platform/embedded_postgres'
import { runStep } from '#bin/platform/run_step'
import { lostContent, refusedToResume } from '#ledger/resume/printed'
import { ROOT } from '#tests/support/cluster'

const ace = (varDir: string, ...args: string[]) => {
  const { DATABASE_URL: _, ...environment } = process.env
  return runStep(process.execPath, ['--import=./bin/typescript.mjs', 'bin/ace.ts', ...args], {
    cwd: ROOT,
    env: { ...environment, VAR_DIR: varDir, FORCE_COLOR: '0' },
  })
}

test.group('Administration commands', (group) => {
  let folder: string
  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'lz-admin-'))
    return () => rmSync(folder, { recursive: true })
  })
  const withKeys = () => {
    mkdirSync(join(folder, 'keys'))
    writeFileSync(join(folder, 'keys', 'app.key'), 'x')
  }

  test('a mistyped VAR_DIR is refused and not made', async ({ assert }) => {
    const mistyped = join(folder, 'vra')
    for (const args of [['ledger:verify'], ['backup', join(folder, 'backup')]]) {
      const outcome = await ace(mistyped, ...args)
      assert.isFalse(outcome.ok)
      assert.match(outcome.output, /holds no installation/)
    }
    assert.isEmpty(readdirSync(folder))
  })

  test('keys without a database are no installation, unless the database is elsewhere', ({ assert }) => {
    withKeys()
    assert.match(nothingToAdminister('backup', folder, {}) ?? '', /but no database/)
    assert.isNull(nothingToAdminister('backup', folder, { DATABASE_URL: 'postgres://elsewhere' }))
    writeFileSync(join(folder, 'postgres.password'), 'x')
    assert.isNull(nothingToAdminister('backup', folder, {}))
    assert.isNull(nothingToAdminister('demo:seed', join(folder, 'new'), {}))
  })

  test('no empty database is begun beside the keys of an installation', async ({ assert }) => {
    withKeys()
    const started = await startEmbeddedPostgres(join(folder, 'postgres')).catch((error: Error) => error)
    assert.instanceOf(started, DatabaseMissing)
    assert.match((started as Error).message, /holds no database of it\. .*restore puts a backup back/)
    assert.isFalse(existsSync(join(folder, 'postgres.password')))
  })

  test('a database that lies elsewhere is named, with how to bring it back', async ({ assert }) => {
    withKeys()
    chmodSync(folder, 0o755)
    const elsewhere = databaseFolders(join(folder, 'postgres'))[1]!
    mkdirSync(elsewhere, { recursive: true })
    writeFileSync(join(elsewhere, 'PG_VERSION'), '17')
    const started = await startEmbeddedPostgres(join(folder, 'postgres')).catch((error: Error) => error)
    rmSync(join(elsewhere, '..'), { recursive: true })
    assert.include((started as Error).message, `mv ${elsewhere} ${join(folder, 'postgres')}`)
  })

  test('demo:reset takes a database along that lies elsewhere', async ({ assert }) => {
    const elsewhere = databaseFolders(join(folder, 'postgres'))[1]!
    mkdirSync(elsewhere, { recursive: true })
    assert.isTrue((await ace(folder, 'demo:reset')).ok)
    assert.isFalse(existsSync(elsewhere))
    rmSync(join(elsewhere, '..'), { recursive: true })
  })

  test('the list offers our commands, each with its line, and no others', ({ assert }) => {
    const named = readdirSync(join(ROOT, 'app/commands')).map(
      (file) =>
        /commandName = '([^']+)'/.exec(readFileSync(join(ROOT, 'app/commands', file), 'utf8'))?.[1] ?? file
    )
    assert.sameMembers(OWN_COMMANDS, [...named, 'backup', 'restore', 'demo:reset'])
    assert.notMatch(listOfCommands(), /db:wipe|migration:|make:/)
    for (const args of [[], ['--help'], ['list'], ['help']]) assert.isTrue(asksForTheList(args))
    assert.isFalse(asksForTheList(['backup', '--help']))
  })

  test('each of the three that are no commands of AdonisJS says what it does', async ({ assert }) => {
    for (const command of ['backup', 'restore', 'demo:reset']) {
      const outcome = await ace(folder, command, '--help')
      assert.isTrue(outcome.ok)
      assert.include(outcome.output, `npm run ace -- ${command}`)
    }
    assert.isTrue((await ace(folder, 'admin:create', '--help')).ok)
    const resume = await ace(folder, 'ledger:resume', '--help')
    assert.match(resume.output.replace(/\s+/g, ' '), /What happened, 4 to 500 characters/)
  })

  test('a refused resumption says why in a sentence, with its code', ({ assert }) => {
    assert.match(refusedToResume({ code: 'nobody_vouches' }), /^nobody_vouches: nobody can say .*WITNESS_URL/)
    assert.match(refusedToResume({ code: 'source_altered', index: 7 }), /^source_altered: entry 7 /)
  })

  test('an empty range of lost entries is said to be nothing', ({ assert }) => {
    assert.equal(lostContent(1383, 1383), 'nothing is lost')
    assert.equal(lostContent(1383, 1384), 'the content of entry 1383 is lost')
    assert.equal(lostContent(1383, 1390), 'the content of entries 1383 to 1389 is lost')
  })
})
