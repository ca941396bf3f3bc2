import { parseCheckpoint, type Checkpoint } from '../tlog/checkpoint.ts'
import { isSameKey, KEY_TYPE, parseVerifierKey, type VerifierKey } from '../tlog/keys.ts'
import { decodeUtf8, parseNote, type Note } from '../tlog/note.ts'
import { verifyLine } from '../tlog/open_note.ts'
import type { LedgerCheck, LedgerCheckCode, ReadFile } from './verify_folder.ts'

export type SignatureChecks = {
  /** Null when there is no checkpoint that can be read. */
  readonly checkpoint: Checkpoint | null
  readonly checks: LedgerCheck[]
  /** Whether anybody trusted stands behind it; told last. */
  readonly trust: LedgerCheck[]
  /** Keys by which checkpoints of this log are judged: those trusted, else those beside it. */
  readonly keys: readonly VerifierKey[]
}

/**
 * The checkpoint and who signed it. Keys that lie beside it make nothing trusted: they only have to fit, since a
 * reader would pin them.
 */
export async function checkSignatures(
  read: ReadFile,
  trusted: readonly VerifierKey[]
): Promise<SignatureChecks> {
  const bytes = await read('checkpoint')
  const note = bytes ? parseNote(bytes) : null
  const checkpoint = note?.ok ? parseCheckpoint(note.value.text) : null
  if (!note?.ok || !checkpoint?.ok)
    return { checkpoint: null, checks: [check('ledger_checkpoint', false)], trust: [], keys: [] }
  const { origin } = checkpoint.value
  const beside = [await keyFile(read, 'server.vkey'), await keyFile(read, 'witness.vkey')]
  const given = beside.filter((key) => key !== null)
  const logs = keysOf(trusted, KEY_TYPE.ed25519).filter(({ name }) => name === origin)
  const witnesses = keysOf(trusted, KEY_TYPE.cosignature)
  const ownLog = keysOf(given, KEY_TYPE.ed25519).filter(({ name }) => name === origin)
  const ownWitness = keysOf(given, KEY_TYPE.cosignature)
  const logKeys = logs.length > 0 ? logs : ownLog
  const witnessKeys = witnesses.length > 0 ? witnesses : ownWitness
  const logSigned = signers(note.value, logKeys)
  const cosigned = signers(note.value, witnessKeys)
  const fits = !given.includes('malformed') && signers(note.value, keysOf(given)).length === given.length
  return {
    checkpoint: checkpoint.value,
    checks: [
      check('ledger_checkpoint', true),
      check('ledger_keys', fits),
      check('ledger_signature', logSigned.length > 0, origin),
      check('ledger_cosignature', cosigned.length > 0),
    ],
    trust: [
      check('ledger_log_key_trusted', logs.length > 0, origin),
      check('ledger_witness_key_trusted', witnesses.length > 0),
    ],
    keys: [...logKeys, ...witnessKeys],
  }
}

function check(code: LedgerCheckCode, ok: boolean, detail: string | null = null): LedgerCheck {
  return { code, ok, detail: ok ? null : detail }
}

type GivenKey = VerifierKey | 'malformed'

function keysOf(keys: readonly GivenKey[], type?: number): VerifierKey[] {
  return keys.filter((key) => key !== 'malformed').filter((key) => type === undefined || key.type === type)
}

/** Those who signed; none at all when a line of one of them is no signature of theirs. */
function signers({ text, signatures }: Note, keys: readonly VerifierKey[]): VerifierKey[] {
  const own = (key: VerifierKey) => signatures.filter((line) => isSameKey(key, line))
  const spoilt = keys.some((key) => own(key).some((line) => !verifyLine(key, line, text)))
  return spoilt ? [] : keys.filter((key) => own(key).length > 0)
}

async function keyFile(read: ReadFile, path: string): Promise<GivenKey | null> {
  const bytes = await read(path)
  if (!bytes) return null
  const key = parseVerifierKey((decodeUtf8(bytes) ?? '').replace(/\n$/, ''))
  return key.ok ? key.value : 'malformed'
}
