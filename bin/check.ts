/** `npm run check`: types, lint, format, boundaries, with zero warnings. Ends with 0 or 1. */
import { fileURLToPath } from 'node:url'
import { runChecks } from '#bin/checks'
import { buildFrontend } from '#bin/platform/build_frontend'

const root = fileURLToPath(new URL('../', import.meta.url))
// The build generates the types of routes and messages: older ones would be checked against newer pages.
await buildFrontend(root)
const outcomes = await runChecks(root, ({ ok, name, seconds, output }) => {
  process.stdout.write(`${ok ? '✔' : '✘'} ${name} ${seconds.toFixed(1)} s\n${ok ? '' : `${output}\n`}`)
})
const failed = outcomes.filter((outcome) => !outcome.ok)
process.stdout.write(failed.length === 0 ? 'All checks pass.\n' : `${failed.length} checks fail.\n`)
process.exit(failed.length === 0 ? 0 : 1)
