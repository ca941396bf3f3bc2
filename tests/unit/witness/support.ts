import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromHex, sha256, toHex, u32be, utf8 } from '#lib/bytes'
import { canonicalJson, type Json } from '#lib/canonical_json'
import type { LedgerClaim } from '#lib/draw/witness_protocol'
import { signingPublicKey } from '#lib/ed25519'
import { consistencyProof, inclusionProof, leafHash, merkleRoot } from '#lib/merkle'

export const APP_SECRET = sha256(utf8('application'))
const SALT = toHex(sha256(utf8('entry salt')))

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

  claim(index: number, from: number, size = this.leaves.length): LedgerClaim {
    const hashes = this.leaves.slice(0, size).map((leaf) => leafHash(utf8(leaf)))
    return {
      size,
      root: toHex(merkleRoot(hashes)),
      index,
      inclusion: inclusionProof(hashes, index).map(toHex),
      leaf: this.leaves[index]!,
      salt: SALT,
      payload: this.payloads[index]!,
      from,
      consistency: from <= size ? consistencyProof(hashes, from).map(toHex) : [],
    }
  }
}
