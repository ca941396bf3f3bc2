/**
 * `npm run verify -- FILE|DIR … [--trust FILE|DIR] [--json]`: offline, without server or database. Ends with
 * 0 genuine, 1 not genuine or signer unknown, 2 unreadable or misuse; of several inputs the worst.
 */
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { HELP, preferredLanguage } from '#bin/verify/help'
import { inputsOf } from '#bin/verify/inputs'
import { printText } from '#bin/verify/print'
import { readTrust } from '#lib/verify/read_trust'
import { asJson, exitCode, type Verified } from '#lib/verify/outcome'
import { TrustError } from '#lib/verify/trust'
import { withInner } from '#lib/verify/inner_inputs'
import { verifyInput } from '#lib/verify/verify_input'

const root = fileURLToPath(new URL('../', import.meta.url))
/** Where the person stood when they called npm. */
const here = process.env.INIT_CWD ?? process.cwd()
const fromHere = (path: string) => (isAbsolute(path) ? path : join(here, path))

async function main(): Promise<number> {
  const options = read()
  if (!options) return 2
  const { values, positionals } = options
  if (values.lang !== undefined && values.lang !== 'en' && values.lang !== 'zh')
    return misuse(`--lang ${values.lang}`)
  const language = values.lang ?? preferredLanguage(process.env)
  if (values.help) {
    process.stdout.write(HELP[language])
    return 0
  }
  if (positionals.length === 0) {
    process.stderr.write(HELP[language])
    return 2
  }
  const trust = await readTrust(
    values.trust ? fromHere(values.trust) : join(process.env.VAR_DIR ?? join(root, 'var'), 'trust'),
    { required: values.trust !== undefined }
  )
  const results: Verified[] = []
  for (const path of positionals) {
    for (const input of (await inputsOf(fromHere(path))).flatMap(withInner)) {
      if (!values.json) process.stdout.write(`${input.name}\n`)
      const verified = await verifyInput(input, trust)
      results.push(verified)
      if (!values.json) printText(verified, language)
    }
  }
  const exit = exitCode(results)
  if (values.json)
    process.stdout.write(`${JSON.stringify({ results: results.map(asJson), exit }, null, 2)}\n`)
  return exit
}

function misuse(what: string): number {
  process.stderr.write(`${what}\n${HELP[preferredLanguage(process.env)]}`)
  return 2
}

function read() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    })
  } catch (error) {
    misuse((error as Error).message)
    return null
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  // Never 1, which would say of a file that it is not genuine.
  process.exitCode = 2
  if (error instanceof TrustError) misuse(`--trust: ${error.message}`)
  else process.stderr.write(`${(error as Error).stack}\n`)
}
