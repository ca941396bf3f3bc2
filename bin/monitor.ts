/**
 * `npm run monitor -- URL --state FILE --trust FILE|DIR [--witness URL] [--json] [--lang zh|en]`: reads a log as anybody can, checks
 * that it goes on from what was seen last, and remembers it. For cron, on a machine that is not the platform's. Ends
 * with 0 all is well, 1 the log is not what it was or what it claims, 2 nobody answered, or misuse.
 */
import { isAbsolute, join } from 'node:path'
import { parseArgs } from 'node:util'
import { LogIncomplete } from '#lib/ledger/remote_log'
import { TrustError } from '#lib/verify/trust'
import { preferredLanguage } from '#bin/verify/help'
import { readTrust } from '#lib/verify/read_trust'
import { monitorRound } from '#bin/monitor/round'
import { StateUnreadable } from '#bin/monitor/state_file'
import { HELP, outcomeText } from '#bin/monitor/texts'
import { NobodyAnswered } from '#bin/monitor/http'

const here = process.env.INIT_CWD ?? process.cwd()
const fromHere = (path: string) => (isAbsolute(path) ? path : join(here, path))
let language = preferredLanguage(process.env)

async function main(): Promise<number> {
  const options = read()
  if (options === 'help') {
    process.stdout.write(HELP[language])
    return 0
  }
  if ('misuse' in options) return misuse(options.misuse)
  const { ledger: keys } = await readTrust(fromHere(options.trust), { required: true })
  if (keys.length === 0) return misuse(`--trust: ${options.trust}`)
  const outcome = await monitorRound({
    url: options.url,
    stateFile: fromHere(options.state),
    keys,
    witnessUrl: options.witness ?? null,
  })
  process.stdout.write(
    options.json ? `${JSON.stringify(outcome, null, 2)}\n` : `${outcomeText(outcome, language)}\n`
  )
  return outcome.ok ? 0 : 1
}

type Options = { url: string; state: string; trust: string; witness?: string; json: boolean }

function read(): Options | 'help' | { misuse: string } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        state: { type: 'string' },
        trust: { type: 'string' },
        witness: { type: 'string' },
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    })
    const { lang } = values
    if (lang === 'zh' || lang === 'en') language = lang
    else if (lang !== undefined) return { misuse: `--lang ${lang}` }
    if (values.help) return 'help'
    const [url] = positionals
    const { state, trust, witness, json } = values
    if (!url || positionals.length > 1 || !URL.canParse(url)) return { misuse: 'URL' }
    if (!state) return { misuse: '--state' }
    if (!trust) return { misuse: '--trust' }
    return { url, state, trust, json, ...(witness && { witness }) }
  } catch (error) {
    // An option that does not exist.
    return { misuse: (error as Error).message }
  }
}

function misuse(what: string): number {
  process.stderr.write(`${what}\n${HELP[language]}`)
  return 2
}

try {
  process.exitCode = await main()
} catch (error) {
  // Never 1, which would say of the log that it is not what it was.
  process.exitCode = 2
  if (error instanceof TrustError) misuse(`--trust: ${error.message}`)
  else if ([NobodyAnswered, StateUnreadable, LogIncomplete].some((kind) => error instanceof kind))
    process.stderr.write(`${(error as Error).message}\n`)
  else process.stderr.write(`${(error as Error).stack}\n`)
}
