import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fromHex, isHex } from '../lib/bytes.ts'
import { isValidSigningKey } from '../lib/ed25519.ts'
import { KEY_TYPE, parseVerifierKey } from '../lib/tlog/keys.ts'
import { isKeyName } from '../lib/tlog/note.ts'
import { fail, ok, type Result } from '../lib/result.ts'

export const HELP = `usage: witness/main.ts --dir DIR [--port N] [--host ADDRESS] [--name NAME] [--app-key KEY] [--log KEY]
  --dir      folder of keys and store, made on the first run
  --port     port to listen on, 0 for any free one (default 0)
  --host     address to listen on (default 127.0.0.1)
  --name     what this witness calls itself in cosignatures, for ever; read on the first run
  --app-key  lets an application ask from now on: its Ed25519 public key in hex, or a file that holds it
  --log      cosigns for this ledger from now on: its verifier key (name+id+base64), or a file that holds it`

export type Options = {
  readonly dir: string
  readonly port: number
  readonly host: string
  readonly name?: string | undefined
  /** Hex. */
  readonly appKey?: string | undefined
  /** A verifier key. */
  readonly log?: string | undefined
}

/** `message` is a sentence for whoever typed it. */
export type Misuse = { readonly code: 'misuse'; readonly message: string }

/** What the command line says, or what is wrong with it in a sentence. Nothing is made or written yet. */
export function readOptions(argv: readonly string[]): Result<Options | 'help', Misuse> {
  const parsed = parse(argv)
  if (!parsed.ok) return parsed
  const { dir, port, host, name, help, log, 'app-key': appKey } = parsed.value
  if (help) return ok('help')
  if (!dir) return misuse('--dir is missing: the folder of keys and store')
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) return misuse(`--port is no port: ${port}`)
  if (name !== undefined && !isKeyName(name))
    return misuse(`name_invalid: --name has a space or a plus, or is empty: ${name}`)
  const application = appKey === undefined ? ok(appKey) : applicationKey(appKey)
  if (!application.ok) return application
  const ledger = log === undefined ? ok(log) : ledgerKey(log)
  if (!ledger.ok) return ledger
  return ok({ dir, port: Number(port), host, name, appKey: application.value, log: ledger.value })
}

function misuse(message: string): { ok: false; error: Misuse } {
  return fail({ code: 'misuse', message })
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        dir: { type: 'string' },
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        name: { type: 'string' },
        'app-key': { type: 'string' },
        log: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
    return ok(values)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code?.startsWith('ERR_PARSE_ARGS_')) throw error
    return misuse(message.split('. ')[0]!)
  }
}

function applicationKey(given: string): Result<string, Misuse> {
  const text = isHex(given, 32) ? given : fileText(given)
  if (text === null) return misuse(`app_key_invalid: --app-key is neither 64 hex digits nor a file: ${given}`)
  if (isHex(text, 32) && isValidSigningKey(fromHex(text))) return ok(text)
  return misuse(`app_key_invalid: --app-key holds no Ed25519 public key: ${given}`)
}

function ledgerKey(given: string): Result<string, Misuse> {
  const text = given.includes('+') ? given : fileText(given)
  if (text === null) return misuse(`log_key_invalid: --log is neither name+id+base64 nor a file: ${given}`)
  const key = parseVerifierKey(text)
  if (key.ok && key.value.type === KEY_TYPE.ed25519) return ok(text)
  return misuse(`log_key_invalid: --log is no verifier key of a ledger, or has a wrong letter: ${given}`)
}

/** Null where there is no such file to read. */
function fileText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'ENAMETOOLONG'].includes(code)) return null
    throw error
  }
}
