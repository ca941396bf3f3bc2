import { resolve } from 'node:path'

export const HELP = `npm run story -- --out DIR [--until STEP] [--keep] [--resume]

Goes through the whole main job with scripted browsers, one context per person, against an installation of
its own on free ports: from entering a plan to recomputing the draw. The application's clock starts two
weeks ago and is moved where the rules want days to pass.

  --out DIR     where everything is left: story.json, report.pdf, plan-v1.pdf, draw/, screens/ …
  --until STEP  stops after this step (names: --list)
  --list        prints the steps and ends
  --keep        keeps the installation in DIR/installation
  --resume      goes on after the last step of an earlier run with --keep in the same DIR
  --help        this text

Ends with 0, or 1 and the step that failed, with screenshots in DIR; 2 for a wrong call.`

export interface Options {
  readonly out: string
  readonly until: string | null
  readonly keep: boolean
  readonly resume: boolean
  readonly list: boolean
}

/** @throws Error whose message says what is wrong with the call. */
export function readOptions(args: string[], callerDirectory: string): Options | 'help' {
  if (args.includes('--help') || args.includes('-h')) return 'help'
  const options = { out: '', until: null as string | null, keep: false, resume: false, list: false }
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]
    if (arg === '--keep') options.keep = true
    else if (arg === '--resume') options.resume = options.keep = true
    else if (arg === '--list') options.list = true
    else if (arg === '--out' || arg === '--until') {
      const value = args[++at]
      if (!value || value.startsWith('--')) throw new Error(`${arg} needs a value`)
      if (arg === '--out') options.out = resolve(callerDirectory, value)
      else options.until = value
    } else throw new Error(`Unknown: ${arg}`)
  }
  if (!options.out && !options.list) throw new Error('--out DIR is missing')
  return options
}
