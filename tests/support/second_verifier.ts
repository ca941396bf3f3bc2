import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalJson } from '#lib/canonical_json'
import { verifyDrawEvidenceText, type DrawTrust, type DrawVerdict } from '#lib/draw/verify_evidence'
import { formatVerifierKey } from '#lib/tlog/keys'

const FOLDER = fileURLToPath(new URL('../draw_python', import.meta.url))

/** What a verifier says of evidence, and which check is the first to fail. */
export interface Judgement {
  readonly verdict: DrawVerdict
  readonly first: string | null
}

export function judgedHere(text: string, trust: DrawTrust): Judgement {
  const { verdict, checks } = verifyDrawEvidenceText(text, trust)
  return { verdict, first: checks.find(({ ok }) => !ok)?.code ?? null }
}

/** By the implementation in Python: each text a file of its own, all in one run. `exit` is that of the worst. */
export function judgedByOther(
  texts: readonly string[],
  { serverVrfKeys, witnessVrfKeys, ledgerKeys, beacons = [] }: DrawTrust
): { judgements: Judgement[]; exit: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'))
  try {
    const files = texts.map((text, i) => {
      writeFileSync(join(folder, `${i}.json`), text)
      return join(folder, `${i}.json`)
    })
    const keys = [
      ...serverVrfKeys.map((key) => `--server-key=${key}`),
      ...witnessVrfKeys.map((key) => `--witness-key=${key}`),
      ...ledgerKeys.map((key) => `--ledger-key=${formatVerifierKey(key)}`),
      ...beacons.map((chain) => `--beacon=${canonicalJson(chain)}`),
    ]
    const said = python(['verify_evidence.py', ...files, ...keys])
    const judgements = judgementsIn(said.stdout)
    if (judgements.length < texts.length) throw new Error(said.stderr)
    return { judgements, exit: said.status }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A program of the other implementation, -B: no byte code beside the sources. */
export function python(args: readonly string[]) {
  const said = spawnSync('python3', ['-B', ...args], { cwd: FOLDER, encoding: 'utf8', maxBuffer: 1e8 })
  if (said.error) throw said.error
  return said
}

function judgementsIn(output: string): Judgement[] {
  const judgements: Judgement[] = []
  let first: string | null = null
  for (const line of output.trimEnd().split('\n')) {
    const check = /^(\S+) +(ok|FAIL)/.exec(line)
    if (check) {
      if (check[2] === 'FAIL') first ??= check[1]!
      continue
    }
    judgements.push({ verdict: line as DrawVerdict, first })
    first = null
  }
  return judgements
}
