import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { requestKey } from '#draw/entropy/key_files'
import { logVerifierKey } from '#ledger/checkpoints/log_key'

/** What a witness has to be told of this installation, once. */
export interface WitnessNeeds {
  /** Who may ask for evaluations: hex. */
  readonly appKey: string
  /** Verifier key of the log that is cosigned. */
  readonly log: string
}

/** Makes the keys where this is the first start. */
export function witnessNeeds(varDir: string, environment: NodeJS.ProcessEnv): WitnessNeeds {
  const log = logVerifierKey(varDir, environment.PUBLIC_URL, environment.LEDGER_ORIGIN)
  return { appKey: requestKey(varDir), log }
}

/** Beside the public keys that others pin. */
export function witnessNeedsPath(varDir: string): string {
  return join(varDir, 'trust', 'for-the-witness.txt')
}

/** Leaves them in a file, with the command that takes them. */
export function writeWitnessNeeds(varDir: string, needs: WitnessNeeds): void {
  const path = witnessNeedsPath(varDir)
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.part`
  writeFileSync(temporary, witnessNeedsText(needs))
  renameSync(temporary, path)
}

function witnessNeedsText({ appKey, log }: WitnessNeeds): string {
  return `# Public keys of this installation, for the organisation that runs its witness (witness/README.md).
# Hand them over by a way in which nobody can exchange them.

app-key  ${appKey}
log      ${log}

# The witness's first start, in its copy of the program, with its own folder and its own name:

node_modules/node/bin/node --import=./bin/typescript.mjs witness/main.ts \\
  --dir /var/lib/lunzheng-witness --port 7070 --name witness.example/1 \\
  --app-key ${appKey} \\
  --log '${log}'
`
}

/** What a start says: who gives the other half of every draw, and what another organisation has to be told. */
export function witnessLines(
  outside: string | null,
  { varDir, environment }: { varDir: string; environment: NodeJS.ProcessEnv }
): string[] {
  if (!outside) {
    const own = environment.WITNESS_URL
    return [own ? `witness: ${own} (embedded, started here)` : 'witness: none; draws wait']
  }
  const { appKey, log } = witnessNeeds(varDir, environment)
  return [
    `witness: ${outside} (outside, WITNESS_URL; none is started here)`,
    `It has to be told once, see ${witnessNeedsPath(varDir)}:`,
    `  --app-key ${appKey}`,
    `  --log '${log}'`,
  ]
}
