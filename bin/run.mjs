/**
 * Runs before anything is installed, on any Node from 18: installs what package-lock.json names, then
 * hands over to the project's own Node. `node bin/run.mjs SCRIPT [arguments]`.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.installed')
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing packages (npm ci); about a minute the first time.')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (npm.error || npm.status !== 0) {
    console.error(
      npm.error ? `npm was not found: ${npm.error.message}` : 'npm ci ended with an error, see above.'
    )
    process.exit(2)
  }
  writeFileSync(stamp, lock)
}

const node = join(root, 'node_modules', 'node', 'bin', 'node')
if (!existsSync(node)) {
  console.error(
    'The project’s own Node is missing: the install script of the npm package “node” did not run.'
  )
  console.error('Remove node_modules and run this again with install scripts allowed (no --ignore-scripts).')
  process.exit(2)
}
const [script, ...args] = process.argv.slice(2)
const environment = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
  TZ: 'UTC',
}
const child = spawn(node, ['--import=./bin/typescript.mjs', '--enable-source-maps', script, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...environment, INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
})
// A terminal's Ctrl-C reaches the child by itself; a signal sent to this process alone must be passed on.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
