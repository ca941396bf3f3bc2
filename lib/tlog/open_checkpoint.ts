import { fail, ok, type Result } from '../result.ts'
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { KEY_TYPE, type VerifierKey } from './keys.ts'
import { openNote, type OpenNoteError, type Signed } from './open_note.ts'

export type SignedCheckpoint = Checkpoint & {
  readonly text: string
  /** Witnesses among the keys given that cosigned it, with their time. */
  readonly cosigned: readonly { readonly key: VerifierKey; readonly timestamp: number }[]
}

export type OpenCheckpointError =
  | OpenNoteError
  | { code: 'checkpoint_malformed' }
  /** Signed by a log's key whose name is not the origin: another log's checkpoint. */
  | { code: 'checkpoint_other_origin'; origin: string }

/** A checkpoint that one of the logs' keys among `keys` signed, for the origin that is its name. */
export function openCheckpoint(
  bytes: Uint8Array,
  keys: readonly VerifierKey[]
): Result<SignedCheckpoint, OpenCheckpointError> {
  const note = openNote(bytes, keys)
  if (!note.ok) return note
  const { text, signedBy } = note.value
  const checkpoint = parseCheckpoint(text)
  if (!checkpoint.ok) return checkpoint
  const logs = signedBy.filter(({ key }) => key.type === KEY_TYPE.ed25519)
  if (logs.length === 0) return fail({ code: 'note_not_signed' })
  const { origin } = checkpoint.value
  if (!logs.some(({ key }) => key.name === origin)) return fail({ code: 'checkpoint_other_origin', origin })
  const cosigned = signedBy.filter(isCosignature)
  return ok({ ...checkpoint.value, text, cosigned })
}

function isCosignature(signed: Signed): signed is { key: VerifierKey; timestamp: number } {
  return signed.timestamp !== null
}
