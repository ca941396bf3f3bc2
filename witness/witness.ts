import { fromHex, toBase64, toHex } from '../lib/bytes.ts'
import { MAX_REPLACEMENTS } from '../lib/draw/labels.ts'
import { timedInput } from '../lib/draw/beacon.ts'
import { drawInput, replacementInput } from '../lib/draw/entropy.ts'
import type { PlanIdentity } from '../lib/draw/plan_key.ts'
import type { EvaluateSampleRequest } from '../lib/draw/spot_check_protocol.ts'
import {
  BEACON_ENTRY_TYPE,
  COMMIT_ENTRY_TYPE,
  DEPARTURE_ENTRY_TYPE,
  headStatement,
  type EvaluateReplacementRequest,
  type EvaluateRequest,
  type Evaluation,
  type LedgerClaim,
  type Timed,
  type WitnessError,
  type WitnessHead,
  type WitnessKeys,
} from '../lib/draw/witness_protocol.ts'
import { sign, signingPublicKey } from '../lib/ed25519.ts'
import { fail, ok, type Result } from '../lib/result.ts'
import { formatVerifierKey, type VerifierKey } from '../lib/tlog/keys.ts'
import { signatureLine } from '../lib/tlog/note.ts'
import { cosignNote } from '../lib/tlog/sign_note.ts'
import { vrfProve, vrfPublicKey } from '../lib/vrf.ts'
import { bindRound } from './bind_round.ts'
import type { Cosigned } from './checkpoint_store.ts'
import { judgeCheckpoint, type CheckpointRefusal } from './judge_checkpoint.ts'
import { evaluateSample, type Desk } from './evaluate_sample.ts'
import type { SecretKeys } from './keys.ts'
import { checkLedgerClaim, EMPTY_HEAD, type Head } from './ledger_claim.ts'
import type { Stores } from './open_stores.ts'
import type { DrawRecord, ReplacementRecord, WitnessRecord } from './store.ts'

/**
 * The second party of every draw: evaluates once what the ledger already records, and remembers it for ever.
 * Cosigns the ledger's checkpoints; a draw must stand in the same ledger that was cosigned.
 */
export class Witness {
  readonly #store: Stores['evaluations']
  readonly #checkpoints: Stores['checkpoints']
  readonly #keys: SecretKeys
  readonly #logs: readonly VerifierKey[]

  /** `logs`: keys of the one ledger that is cosigned. */
  constructor(stores: Stores, keys: SecretKeys, logs: readonly VerifierKey[]) {
    this.#store = stores.evaluations
    this.#checkpoints = stores.checkpoints
    this.#keys = keys
    this.#logs = logs
  }

  keys(): WitnessKeys {
    return {
      vrfKey: toHex(vrfPublicKey(this.#keys.vrf)),
      signingKey: toHex(signingPublicKey(this.#keys.signing)),
      cosignerKey: formatVerifierKey(this.#keys.cosigner),
      head: this.#signedHead(),
    }
  }

  /** The cosignature as a line of a note, once the checkpoint is on the disk; `now` in seconds since 1970. */
  addCheckpoint(body: Uint8Array, now = seconds()): Result<string, CheckpointRefusal> {
    const judged = judgeCheckpoint(body, this.#logs, this.#head())
    if (!judged.ok) return judged
    const { text, note, ...head } = judged.value
    const line = signatureLine(cosignNote(this.#keys.cosigner, text, now))
    this.#checkpoints.save({ ...head, note: `${note}${line}` })
    return ok(line)
  }

  /** The checkpoint cosigned last, for whoever watches the log. */
  latestCheckpoint(): Cosigned | null {
    return this.#checkpoints.latest
  }

  /**
   * Rule DRAW-6. One draw per plan, for life: the same inputs get the same answer, other inputs none; a further round only
   * once the one before is on record as failed.
   */
  evaluate(request: EvaluateRequest, now = seconds()): Result<Evaluation, WitnessError> {
    const { commit, roundBefore: _, timed, ...fields } = request
    const { planKey } = fields
    const drawId = drawInput(fields)
    const draws = this.#draws()
    const before = draws.find((draw) => draw.planKey === planKey)
    if (before?.drawId === drawId) return ok(this.#answer(drawId, before))
    if (before) return fail({ code: 'plan_already_drawn', drawId: before.drawId })
    const cosigned = this.#cosigned()
    const seen = checkLedgerClaim(commit, cosigned, { type: COMMIT_ENTRY_TYPE, fields })
    if (!seen.ok) return seen
    const bound = bindRound(request, draws, cosigned)
    if (!bound.ok) return bound
    const awaited = this.#checkAwaited(drawId, commit, timed, now)
    if (!awaited.ok) return awaited
    const { others, ...known } = bound.value
    const proved = this.#proveAt(drawId, timed?.time)
    this.#keep({ kind: 'draw', drawId, planKey, ...known, ...proved, ...seen.value })
    if (others.length > 0) tellOfOthers(known.plan, others)
    return ok(this.#answer(drawId, proved))
  }

  /** One replacement per refusal, in order, and only once the refusal stands in the log. */
  evaluateReplacement(
    request: EvaluateReplacementRequest,
    now = seconds()
  ): Result<Evaluation, WitnessError> {
    const { departure, timed, ...fields } = request
    const { drawId, number, seat, leaver } = fields
    const draw = this.#draws().find((one) => one.drawId === drawId)
    if (!draw) return fail({ code: 'draw_unknown' })
    const input = replacementInput(fields)
    const earlier = this.#replacements(drawId)
    const before = earlier.find((record) => record.number === number)
    if (before?.input === input) return ok(this.#answer(input, before))
    if (before) return fail({ code: 'replacement_already_evaluated', number })
    if (number > MAX_REPLACEMENTS) return fail({ code: 'replacements_exhausted', limit: MAX_REPLACEMENTS })
    // A departure that nobody could come for leaves a gap, so numbers only have to rise.
    const after = earlier.at(-1)?.number ?? 0
    if (number < after) return fail({ code: 'number_out_of_order', after })
    const gone = earlier.find((record) => record.seat === seat || record.leaver === leaver)
    if (gone) return fail({ code: 'seat_already_left', number: gone.number })
    const seen = checkLedgerClaim(departure, this.#cosigned(), { type: DEPARTURE_ENTRY_TYPE, fields })
    if (!seen.ok) return seen
    if ((draw.time === undefined) !== (timed === undefined)) return fail({ code: 'beacon_not_as_drawn' })
    const awaited = this.#checkAwaited(input, departure, timed, now)
    if (!awaited.ok) return awaited
    const proved = this.#proveAt(input, timed?.time)
    this.#keep({ kind: 'replacement', drawId, number, seat, leaver, input, ...proved, ...seen.value })
    return ok(this.#answer(input, proved))
  }

  evaluateSample(request: EvaluateSampleRequest): Result<Evaluation, WitnessError> {
    const desk: Desk = {
      records: this.#store.records,
      cosigned: this.#cosigned(),
      prove: (input) => this.#prove(input),
      keep: (record) => this.#keep(record),
      answer: (input, proof) => this.#answer(input, { proof }),
    }
    return evaluateSample(desk, request)
  }

  /** Durable, and remembered beside, before it returns. */
  #keep(record: WitnessRecord): void {
    this.#store.append(record)
    this.#checkpoints.remember(this.#store.memory)
  }

  #draws(): DrawRecord[] {
    return this.#store.records.filter((record) => record.kind === 'draw')
  }

  #replacements(drawId: string): ReplacementRecord[] {
    return this.#store.records
      .filter((record) => record.kind === 'replacement')
      .filter((record) => record.drawId === drawId)
  }

  /** The tree that the log signed for and this witness cosigned: the only one that anything is proved in. */
  #cosigned(): Head | null {
    return this.#checkpoints.latest
  }

  /** The largest tree seen. Draws of before they were held against checkpoints may have been in a larger one. */
  #head(): Head {
    const evaluated: Head = this.#store.records.at(-1) ?? EMPTY_HEAD
    const { size, root } = this.#checkpoints.latest ?? EMPTY_HEAD
    return size > evaluated.size ? { size, root } : { size: evaluated.size, root: evaluated.root }
  }

  #signedHead(): WitnessHead {
    const head = this.#head()
    const signature = toBase64(sign(this.#keys.signing, headStatement(head.size, head.root)))
    return { ...head, signature }
  }

  #prove(input: string): string {
    return toHex(vrfProve(this.#keys.vrf, fromHex(input)))
  }

  /**
   * That the log says which round is awaited, and that it is not out: whoever asks later has to log another, and
   * knows nothing of what would have come, since no proof was given for the first.
   */
  #checkAwaited(
    input: string,
    claim: LedgerClaim,
    timed: Timed | undefined,
    now: number
  ): Result<null, WitnessError> {
    if (!timed) return ok(null)
    const { entry, time, due } = timed
    if (now >= due) return fail({ code: 'beacon_round_out', due, now })
    const need = { type: BEACON_ENTRY_TYPE, fields: { input, time, due } }
    const seen = checkLedgerClaim({ ...claim, ...entry }, this.#cosigned(), need)
    return seen.ok ? ok(null) : seen
  }

  /** With a time, over it too: whoever asks again gets the same, so that no other round follows. */
  #proveAt(input: string, time: number | undefined): Proved {
    return time === undefined
      ? { proof: this.#prove(input) }
      : { proof: this.#prove(timedInput(input, time)), time }
  }

  #answer(input: string, { proof, time }: Proved): Evaluation {
    return { input, proof, ...(time !== undefined && { time }), head: this.#signedHead() }
  }
}

interface Proved {
  readonly proof: string
  readonly time?: number
}

/** Lawful in itself, and the way to a second draw for whoever dislikes the first: somebody should look. */
function tellOfOthers({ permit, categories, part, round }: PlanIdentity, others: readonly string[]): void {
  const drawn = [permit, categories.join('+'), part || '-', `round ${round}`].join(' / ')
  console.error(`witness: LOOK ${drawn}: the permit was drawn for before, ${others.join(', ')}`)
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}
