import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toPem } from '#lib/pki/pem'
import { formatVerifierKey } from '#lib/tlog/keys'
import { TRUST } from '#tests/unit/draw_lib/support/fixtures'
import type { Authority } from '#tests/unit/pki/fixtures'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

export type Ended = { exit: number | null; out: string; err: string }
export type Said = {
  input: string
  kind: string
  verdict: string
  steps: {
    code: string
    ok: boolean
    detail: string | null
    reason: { zh: string; en: string } | null
  }[]
}

/** The command in a process of its own. Its pinned set is empty unless `VAR_DIR` says otherwise. */
export function verify(args: string[], environment: NodeJS.ProcessEnv = {}): Ended {
  const env = { ...process.env, VAR_DIR: '/nonexistent', INIT_CWD: ROOT, LANG: 'C', ...environment }
  return run(process.execPath, ['--import=./bin/typescript.mjs', 'bin/verify.ts', ...args], {
    cwd: ROOT,
    env,
  })
}

/** As a person types it, standing in `cwd`. */
export function npmRunVerify(cwd: string, args: string[]): Ended {
  const env = { ...process.env, VAR_DIR: '/nonexistent', INIT_CWD: cwd }
  return run('npm', ['--prefix', ROOT, 'run', '--silent', 'verify', '--', ...args], { cwd, env })
}

function run(program: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Ended {
  const { status, stdout, stderr, error } = spawnSync(program, args, { ...options, maxBuffer: 64e6 })
  if (error) throw error
  return { exit: status, out: stdout.toString(), err: stderr.toString() }
}

/** Results of a run with `--json`, by the name of the input. */
export function said({ out }: Ended): { exit: number; results: Map<string, Said> } {
  const { exit, results } = JSON.parse(out) as { exit: number; results: Said[] }
  return { exit, results: new Map(results.map((result) => [result.input, result])) }
}

/** Codes of the steps that failed, each once, in their order. */
export function failed({ steps }: Said): string[] {
  return [...new Set(steps.filter(({ ok }) => !ok).map(({ code }) => code))]
}

export type Folder = { path: (...names: string[]) => string; remove: () => void }

export function folder(): Folder {
  const directory = mkdtempSync(join(tmpdir(), 'lz-verify-'))
  return {
    path: (...names) => join(directory, ...names),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

export function writeAll(directory: string, files: Record<string, string | Uint8Array>): void {
  mkdirSync(directory, { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content)
}

/** A trust folder as an installation leaves it: root and the certificates below it, keys of both parties. */
export function trustOf(authority: Authority): Record<string, string> {
  const pem = (certificate: Uint8Array) => toPem('CERTIFICATE', certificate)
  return {
    'root.pem': authority.rootPem,
    'issuing.pem': pem(authority.issuing.certificate),
    'seal.pem': pem(authority.seal.certificate),
    'tsa.pem': pem(authority.stamper.certificate),
    'server.json': JSON.stringify({ party: 'server', vrfKey: TRUST.serverVrfKeys[0] }),
    'witness.json': JSON.stringify({ party: 'witness', vrfKey: TRUST.witnessVrfKeys[0] }),
    'ledger.vkey': TRUST.ledgerKeys.map((key) => `${formatVerifierKey(key)}\n`).join(''),
  }
}
