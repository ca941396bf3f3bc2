import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromHex, sha256, toHex, u32be, utf8 } from '#lib/bytes'
import { canonicalJson, type Json } from '#lib/canonical_json'
import { planKey, type PlanIdentity } from '#lib/draw/plan_key'
import type { Claim } from '#lib/draw/witness_client'
import type { ClaimedEntry, LedgerClaim } from '#lib/draw/witness_protocol'
import { signingPublicKey } from '#lib/ed25519'
import { consistencyProof, inclusionProof, leafHash, merkleRoot } from '#lib/merkle'
import { formatCheckpoint } from '#lib/tlog/checkpoint'
import { formatVerifierKey, KEY_TYPE, signerKey } from '#lib/tlog/keys'
import { formatNote } from '#lib/tlog/note'
import { signNote } from '#lib/tlog/sign_note'
import { formatAddCheckpoint } from '#lib/tlog/witness_request'

export const APP_SECRET = sha256(utf8('application'))
const SALT = toHex(sha256(utf8('entry salt')))

/** The ledger that the witness cosigns for. */
export const LOG = signerKey('log.example/a', KEY_TYPE.ed25519, sha256(utf8('log')))
export const LOG_OPTIONS = ['--log', formatVerifierKey(LOG), '--name', 'w.example/1']

const hash = (text: string) => toHex(sha256(utf8(text)))

/** A plan by its part of the works, as the commit entry opens it. */
export function planOf(part: string, round = 1): PlanIdentity {
  return { permit: '450100202603120101', categories: ['PIT'], part: part.toUpperCase(), round }
}

/** What is evaluated for a plan. */
export function drawOf(part: string, plan = planOf(part)) {
  return { planKey: planKey(plan), round: plan.round, rulesHash: hash('rules'), poolRoot: hash('pool') }
}

export function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'witness-'))
}

export type Running = {
  url: string
  child: ChildProcess
  lines: string[]
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts the real process and waits until it says it is ready. */
export async function startWitness(
  directory: string,
  appSecret: Uint8Array = APP_SECRET,
  options: string[] = []
): Promise<Running> {
  const key = toHex(signingPublicKey(appSecret))
  const argv = ['--import=./bin/typescript.mjs', 'witness/main.ts', '--dir', directory, '--app-key', key]
  const child = spawn(process.execPath, [...argv, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines: string[] = []
  const errors = createInterface({ input: child.stderr })
  errors.on('line', (line) => lines.push(line))
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    const url = /ready (http:\S+)/.exec(line)?.[1]
    if (!url) continue
    const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
      child.kill(signal)
      await exited
    }
    return { url, child, lines, stop }
  }
  await exited
  throw new Error(lines.join('\n'))
}

/** A ledger in memory, with entries as the application writes them. */
export class TestLedger {
  readonly leaves: string[] = []
  readonly payloads: Record<string, Json>[] = []

  add(type: string, payload: Record<string, Json>): number {
    const commit = toHex(sha256(fromHex(SALT), utf8(canonicalJson(payload))))
    const at = '2026-03-12T06:02:11.000Z'
    const seq = this.leaves.length
    this.leaves.push(
      canonicalJson({ v: 1, stream: 'review', seq, prev: toHex(sha256(u32be(seq))), type, at, commit })
    )
    this.payloads.push(payload)
    return seq
  }

  /** The entry proved in the tree of `size`. */
  claim(index: number, size = this.leaves.length): LedgerClaim {
    const hashes = this.hashes(size)
    return {
      size,
      index,
      inclusion: index < size ? inclusionProof(hashes, index).map(toHex) : [],
      leaf: this.leaves[index]!,
      salt: SALT,
      payload: this.payloads[index]!,
    }
  }

  /** A further entry of the tree that a claim proves. */
  entry(index: number, size = this.leaves.length): ClaimedEntry {
    const { size: _, ...entry } = this.claim(index, size)
    return entry
  }

  hashes(size = this.leaves.length): Uint8Array[] {
    return this.leaves.slice(0, size).map((leaf) => leafHash(utf8(leaf)))
  }

  checkpoint(size = this.leaves.length, signer = LOG, root = merkleRoot(this.hashes(size))): string {
    const text = formatCheckpoint({ origin: signer.name, size, root })
    return formatNote({ text, signatures: [signNote(signer, text)] })
  }

  /** Has the witness cosign the whole of it, from wherever it stands; one call after the other. Its last status. */
  cosign(url: string): Promise<number> {
    const mine = this.#cosigning.then(async () => {
      const size = this.leaves.length
      for (let old = 0; ;) {
        const proof = old <= size ? consistencyProof(this.hashes(size), old) : []
        const body = formatAddCheckpoint({ old, proof, checkpoint: this.checkpoint(size) })
        const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body })
        const seen = await answer.text()
        if (answer.status !== 409 || Number(seen) === old) return answer.status
        old = Number(seen)
      }
    })
    this.#cosigning = mine.catch(() => 0)
    return mine
  }

  #cosigning: Promise<unknown> = Promise.resolve()

  /** Proves an entry to a witness, which is brought to cosign a tree with it first. */
  claimer(index: number, url: () => string): Claim {
    return async (size) => {
      if (size > index) return this.claim(index, size)
      // One that is down is what the caller then hears of.
      await this.cosign(url()).catch(() => 0)
      return this.claim(index)
    }
  }
}
