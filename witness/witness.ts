import { fromHex, toBase64, toHex } from '../lib/bytes.ts'
import { MAX_REPLACEMENTS } from '../lib/draw/labels.ts'
import { drawInput, replacementInput } from '../lib/draw/entropy.ts'
import {
  COMMIT_ENTRY_TYPE,
  DEPARTURE_ENTRY_TYPE,
  headStatement,
  type EvaluateReplacementRequest,
  type EvaluateRequest,
  type Evaluation,
  type WitnessError,
  type WitnessHead,
  type WitnessKeys,
} from '../lib/draw/witness_protocol.ts'
import { sign, signingPublicKey } from '../lib/ed25519.ts'
import { fail, ok, type Result } from '../lib/result.ts'
import { vrfProve, vrfPublicKey } from '../lib/vrf.ts'
import type { SecretKeys } from './keys.ts'
import { checkLedgerClaim, EMPTY_HEAD, type Head } from './ledger_claim.ts'
import type { DrawRecord, ReplacementRecord, Store } from './store.ts'

/** The second party of every draw: evaluates once what the ledger already records, and remembers it for ever. */
export class Witness {
  readonly #store: Store
  readonly #keys: SecretKeys

  constructor(store: Store, keys: SecretKeys) {
    this.#store = store
    this.#keys = keys
  }

  keys(): WitnessKeys {
    return {
      vrfKey: toHex(vrfPublicKey(this.#keys.vrf)),
      signingKey: toHex(signingPublicKey(this.#keys.signing)),
      head: this.#signedHead(),
    }
  }

  /** One draw per plan, for life: the same inputs get the same answer, other inputs none. */
  evaluate(request: EvaluateRequest): Result<Evaluation, WitnessError> {
    const { commit, ...fields } = request
    const drawId = drawInput(fields)
    const before = this.#draws().find(({ planKey }) => planKey === request.planKey)
    if (before?.drawId === drawId) return ok(this.#answer(drawId, before.proof))
    if (before) return fail({ code: 'plan_already_drawn', drawId: before.drawId })
    const seen = checkLedgerClaim(commit, this.#head(), { type: COMMIT_ENTRY_TYPE, fields })
    if (!seen.ok) return seen
    const proof = this.#prove(drawId)
    this.#store.append({ kind: 'draw', drawId, planKey: request.planKey, proof, ...seen.value })
    return ok(this.#answer(drawId, proof))
  }

  /** One replacement per refusal, in order, and only once the refusal stands in the log. */
  evaluateReplacement(request: EvaluateReplacementRequest): Result<Evaluation, WitnessError> {
    const { departure, ...fields } = request
    const { drawId, number, seat, leaver } = fields
    if (!this.#draws().some((draw) => draw.drawId === drawId)) return fail({ code: 'draw_unknown' })
    const input = replacementInput(fields)
    const earlier = this.#replacements(drawId)
    const before = earlier.find((record) => record.number === number)
    if (before?.input === input) return ok(this.#answer(input, before.proof))
    if (before) return fail({ code: 'replacement_already_evaluated', number })
    if (number > MAX_REPLACEMENTS) return fail({ code: 'replacements_exhausted', limit: MAX_REPLACEMENTS })
    // A departure that nobody could come for leaves a gap, so numbers only have to rise.
    const after = earlier.at(-1)?.number ?? 0
    if (number < after) return fail({ code: 'number_out_of_order', after })
    const gone = earlier.find((record) => record.seat === seat || record.leaver === leaver)
    if (gone) return fail({ code: 'seat_already_left', number: gone.number })
    const seen = checkLedgerClaim(departure, this.#head(), { type: DEPARTURE_ENTRY_TYPE, fields })
    if (!seen.ok) return seen
    const proof = this.#prove(input)
    this.#store.append({ kind: 'replacement', drawId, number, seat, leaver, input, proof, ...seen.value })
    return ok(this.#answer(input, proof))
  }

  #draws(): DrawRecord[] {
    return this.#store.records.filter((record) => record.kind === 'draw')
  }

  #replacements(drawId: string): ReplacementRecord[] {
    return this.#store.records
      .filter((record) => record.kind === 'replacement')
      .filter((record) => record.drawId === drawId)
  }

  #head(): Head {
    const last = this.#store.records.at(-1)
    return last ? { size: last.size, root: last.root } : EMPTY_HEAD
  }

  #signedHead(): WitnessHead {
    const head = this.#head()
    const signature = toBase64(sign(this.#keys.signing, headStatement(head.size, head.root)))
    return { ...head, signature }
  }

  #prove(input: string): string {
    return toHex(vrfProve(this.#keys.vrf, fromHex(input)))
  }

  #answer(input: string, proof: string): Evaluation {
    return { input, proof, head: this.#signedHead() }
  }
}
