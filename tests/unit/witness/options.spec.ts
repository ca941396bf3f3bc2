import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { toHex } from '#lib/bytes'
import { signingPublicKey } from '#lib/ed25519'
import { formatVerifierKey } from '#lib/tlog/keys'
import { readOptions } from '../../../witness/options.js'
import { APP_SECRET, LOG, newDirectory } from './support.js'

const APP_KEY = toHex(signingPublicKey(APP_SECRET))
const LOG_KEY = formatVerifierKey(LOG)

function run(argv: string[]) {
  const node = ['--import=./bin/typescript.mjs', 'witness/main.ts', ...argv]
  const { status, stderr, stdout } = spawnSync(process.execPath, node, { encoding: 'utf8', timeout: 30_000 })
  return { status, stderr, stdout }
}

test.group('The command line of the witness', (group) => {
  let directory: string
  group.each.setup(() => {
    directory = newDirectory()
    return () => rmSync(directory, { recursive: true })
  })

  test('takes keys, or files that hold them', ({ assert }) => {
    const files = { app: join(directory, 'app'), log: join(directory, 'log') }
    writeFileSync(files.app, `${APP_KEY}\n`)
    writeFileSync(files.log, `${LOG_KEY}\n`)
    const direct = readOptions(['--dir', 'd', '--app-key', APP_KEY, '--log', LOG_KEY])
    const byFile = readOptions(['--dir', 'd', '--app-key', files.app, '--log', files.log])
    assert.deepEqual(direct, byFile)
    assert.deepEqual(direct.ok && direct.value, {
      dir: 'd',
      port: 0,
      host: '127.0.0.1',
      name: undefined,
      appKey: APP_KEY,
      log: LOG_KEY,
    })
  })

  test('says in a sentence what is wrong with it', ({ assert }) => {
    const wrong: [string[], RegExp][] = [
      [[], /^--dir is missing/],
      [['--dir', 'd', '--port', '70000'], /^--port is no port: 70000$/],
      [['--dir', 'd', '--prot', '7070'], /^Unknown option '--prot'$/],
      [['--dir', 'd', '--name', 'two words'], /^name_invalid/],
      [['--dir', 'd', '--app-key', APP_KEY.slice(1)], /^app_key_invalid: --app-key is neither/],
      [['--dir', 'd', '--app-key', directory], /^app_key_invalid/],
      [['--dir', 'd', '--app-key', 'package.json'], /^app_key_invalid: --app-key holds no/],
      [['--dir', 'd', '--log', 'nowhere'], /^log_key_invalid: --log is neither/],
      [['--dir', 'd', '--log', LOG_KEY.replace('example', 'exampel')], /^log_key_invalid: --log is no/],
    ]
    for (const [argv, said] of wrong) {
      const read = readOptions(argv)
      assert.match(read.ok ? 'ok' : read.error.message, said)
    }
  })

  test('misuse ends with 2 and no stack, before anything is made', ({ assert }) => {
    const dir = join(directory, 'new')
    for (const rest of [['--app-key', 'abc'], ['--log', 'abc'], ['--nothing'], ['stray']]) {
      const { status, stderr } = run(['--dir', dir, ...rest])
      assert.equal(status, 2)
      assert.match(stderr, /^witness: .+\nwitness: --help lists the options\n$/)
    }
    assert.isFalse(existsSync(dir))
    const help = run(['--help'])
    assert.deepEqual([help.status, help.stderr], [0, ''])
    assert.include(help.stdout, 'usage:')
  }).timeout(60_000)

  test('a port that is taken ends with 1 and a sentence', async ({ assert }) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { status, stderr } = run(['--dir', directory, '--port', `${(other.address() as AddressInfo).port}`])
    other.close()
    assert.equal(status, 1)
    assert.match(stderr, /^witness: listen EADDRINUSE.*\n$/)
  }).timeout(60_000)
})
