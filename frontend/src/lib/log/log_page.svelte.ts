import { api, ApiError } from '../api/client.ts'
import { remember, remembered } from './remembered.ts'
import type { Answer, Check, LogStanding } from './types.ts'
import { toHex } from '@shared/bytes.ts'
import { findReceipt } from '@shared/ledger/receipt.ts'
import { readLeaf } from '@shared/ledger/leaf.ts'
import { keptCheckpoint, RemoteLog, standingOf, type RemoteCheckpoint } from '@shared/ledger/remote_log.ts'
import { KEY_TYPE, parseVerifierKey, type VerifierKey } from '@shared/tlog/keys.ts'
import { openCheckpoint } from '@shared/tlog/open_checkpoint.ts'
import { utf8 } from '@shared/bytes.ts'

/** The log as it is served to anybody; a failure of the line is one, a missing file is null. */
async function readFile(path: string): Promise<Uint8Array | null> {
  const response = await fetch(`/log/${path}`, { cache: path === 'checkpoint' ? 'no-store' : 'default' })
  if (response.ok) return new Uint8Array(await response.arrayBuffer())
  if (response.status === 404 || response.status === 503) return null
  throw new ApiError({ status: response.status, code: 'E_NETWORK' })
}

/** The log's public page: everything that it calls checked was checked on this device. */
export class LogPage {
  standing = $state.raw<LogStanding>()
  head = $state.raw<RemoteCheckpoint | null>(null)
  checks = $state.raw<Check[]>([])
  error = $state<unknown>(null)
  #log = new RemoteLog(readFile)
  #keys: VerifierKey[] = []

  async load(): Promise<void> {
    try {
      this.error = null
      const standing = await api.get<LogStanding>('/api/public/log')
      await this.#check(standing)
      this.standing = standing
    } catch (error) {
      this.error = error
    }
  }

  async #check(standing: LogStanding): Promise<void> {
    const before = remembered()
    // Keys of the first visit: a log that comes with others later does not pass for the same one.
    const known = before?.keys ?? standing.keys
    this.#keys = [known.log, known.witness ?? standing.keys.witness].flatMap(keyOf)
    const opened = standing.checkpoint ? openCheckpoint(utf8(standing.checkpoint), this.#keys) : null
    this.head = opened?.ok ? { ...opened.value, note: standing.checkpoint! } : null
    const { head } = this
    const checks: Check[] = [{ code: 'signature', ok: head !== null, detail: head?.origin ?? '' }]
    if (head) {
      const seen = head.cosigned[0]
      const name = this.#keys.find(({ type }) => type === KEY_TYPE.cosignature)?.name ?? ''
      checks.push({ code: 'cosignature', ok: seen !== undefined, detail: name })
    }
    if (before) {
      const same =
        before.keys.log === standing.keys.log && sameWitness(before.keys.witness, standing.keys.witness)
      checks.push({ code: 'keys_same', ok: same, detail: '' })
      if (head) checks.push(await this.#sinceVisit(head, before.checkpoint))
    }
    this.checks = checks
    if (head && checks.every(({ ok }) => ok))
      remember({
        keys: { log: known.log, witness: known.witness ?? standing.keys.witness },
        checkpoint: head.note,
      })
  }

  async #sinceVisit(head: RemoteCheckpoint, note: string): Promise<Check> {
    const answer = await this.#since(head, note)
    const detail = answer.code === 'since_ok' ? `${answer.from} → ${answer.to}` : ''
    return { code: 'since_visit', ok: answer.code === 'since_ok', detail }
  }

  /** Does the log still begin with the checkpoint that the visitor kept? */
  async since(text: string): Promise<Answer> {
    return this.head ? this.#since(this.head, text) : { code: 'since_unreadable' }
  }

  async #since(head: RemoteCheckpoint, text: string): Promise<Answer> {
    const older = keptCheckpoint(text.trim(), this.#keys)
    if (!older.ok) {
      const unsigned = ['note_not_signed', 'note_signature_invalid'].includes(older.error.code)
      return { code: unsigned ? 'since_not_signed' : 'since_unreadable' }
    }
    if (older.value.size > head.size) return { code: 'since_rolled_back' }
    const goesOn = await this.#log.extends(head, older.value)
    return goesOn ? { code: 'since_ok', from: older.value.size, to: head.size } : { code: 'since_forked' }
  }

  /** Is the receipt still in? */
  async receipt(text: string): Promise<Answer> {
    const receipt = findReceipt(text)
    if (!receipt || !this.head) return { code: 'receipt_unreadable' }
    const standing = await standingOf(this.#log, this.head, receipt)
    if (standing.code !== 'receipt_in') return standing
    const leaf = readLeaf(standing.entry)
    if (!leaf) return { code: 'receipt_not_in' }
    return { code: 'receipt_in', index: receipt.index, type: leaf.type, at: leaf.at, stream: leaf.stream }
  }

  get root(): string {
    return this.head ? toHex(this.head.root) : ''
  }
}

function keyOf(text: string | null): VerifierKey[] {
  const key = text ? parseVerifierKey(text) : null
  return key?.ok ? [key.value] : []
}

/** A witness that had not answered yet is no other one. */
function sameWitness(before: string | null, now: string | null): boolean {
  return before === null || before === now
}
