/**
 * `npm run soak [-- NAME …] [--seed N] [--trials N] [--write] [--json]`: what is too long for the tests, by a seed
 * that is printed. `--write` keeps a whole run in docs/soak.md. Ends with 0, 1 when something was let through, 2 on
 * misuse.
 */
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { soak as draw } from '#bin/soak/draw'
import { soak as kills } from '#bin/soak/kills'
import { soak as report } from '#bin/soak/report'
import { soak as room } from '#bin/soak/room'
import { soak as secondImplementation } from '#bin/soak/second_implementation'
import { soak as tamperings } from '#bin/soak/tamperings'
import { everyHalfMinute, type Soak, type SoakOutcome } from '#bin/soak/support/outcome'

const SOAKS: Readonly<Record<string, { soak: Soak; trials: number }>> = {
  draw: { soak: draw, trials: 20_000 },
  kills: { soak: kills, trials: 500 },
  report: { soak: report, trials: 3_000 },
  room: { soak: room, trials: 200_000 },
  second_implementation: { soak: secondImplementation, trials: 1_000 },
  tamperings: { soak: tamperings, trials: 10_000 },
}
const page = fileURLToPath(new URL('../docs/soak.md', import.meta.url))
const HELP = `npm run soak [-- NAME …] [--seed N] [--trials N] [--write] [--json]

Tries at random, very often, what the tests try in samples.
  NAME      only these: ${Object.keys(SOAKS).join(', ')}
  --seed    repeats a run; otherwise a new one is made, and printed
  --trials  how often each; otherwise ${Object.entries(SOAKS)
    .map(([name, { trials }]) => `${name} ${trials}`)
    .join(', ')}
  --write   keep the result in docs/soak.md (whole runs only)
  --json    the result as JSON on standard output
Ends with 0; 1 when something was let through; 2 on misuse.
`

async function main(): Promise<number> {
  const options = read()
  if (!options) return misuse('')
  const { values, positionals: asked } = options
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const unknown = asked.filter((name) => !Object.hasOwn(SOAKS, name))
  if (unknown.length > 0) return misuse(`No soak ${unknown.join(', ')}.\n\n`)
  if (values.write && asked.length > 0) return misuse('--write takes a whole run.\n\n')
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
  const trials = values.trials === undefined ? null : Number(values.trials)
  if (!isCount(seed) || (trials !== null && !isCount(trials)))
    return misuse('Seed and trials are whole numbers.\n\n')
  const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`)
  say(`seed ${seed}`)
  const outcomes: SoakOutcome[] = []
  for (const name of asked.length > 0 ? asked : Object.keys(SOAKS)) {
    const chosen = SOAKS[name]!
    const count = trials ?? chosen.trials
    say(`${name} … ${count} trials`)
    const said = everyHalfMinute((done, missed) => say(`  ${done} of ${count}, ${missed} let through`))
    const outcome = await chosen.soak({ seed, trials: count, said })
    for (const one of outcome.missed) say(`  let through: ${one}`)
    outcomes.push(outcome)
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, outcomes }, null, 2)}\n`)
  if (values.write) writeFileSync(page, pageOf(seed, outcomes))
  const missed = outcomes.reduce((sum, outcome) => sum + outcome.missed.length, 0)
  const tried = outcomes.reduce((sum, outcome) => sum + outcome.trials, 0)
  say(`${tried} trials, ${missed} let through, seed ${seed}`)
  return missed === 0 ? 0 : 1
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function misuse(why: string): number {
  process.stderr.write(`${why}${HELP}`)
  return 2
}

function pageOf(seed: number, outcomes: readonly SoakOutcome[]): string {
  const rows = outcomes.map(({ what, trials, missed }) => `| ${what} | ${trials} | ${missed.length} |`)
  const table = ['| what | trials | let through |', '|---|---|---|', ...rows].join('\n')
  const day = new Date().toISOString().slice(0, 10)
  return `# Soak\n\nMade by \`npm run soak -- --write\`; \`--seed ${seed}\` repeats the choices.\n\n${day}, seed ${seed}\n\n${table}\n`
}

function read() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        trials: { type: 'string' },
        write: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    })
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n`)
    return null
  }
}

process.exit(await main())
