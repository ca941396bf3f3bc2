/**
 * The source that recomputes a draw: the very files this page was built from, taken in as text by the same build,
 * so that what is shown can't lag behind what runs.
 */
import { sha256, toHex, utf8 } from '@shared/bytes.ts'

export interface SourceFile {
  /** Relative to `lib/`. */
  readonly name: string
  readonly text: string
  readonly bytes: number
  readonly sha256: string
}

const LIB = '../../../../lib/'
const texts = import.meta.glob<string>(
  ['../../../../lib/*.ts', '../../../../lib/draw/*.ts', '../../../../lib/tlog/*.ts'],
  { query: '?raw', import: 'default', eager: true }
)
const ENTRY = 'draw/verify_evidence.ts'
/** Imports of types alone are gone when it runs. */
const IMPORT = /^(?:import|export)(?! type)[^'"]*?from '(\.[^']+)'/gm

/** The verifier and everything of ours that it runs, in the order of the first use. */
export function sourceFiles(): SourceFile[] {
  const found = new Map<string, SourceFile>()
  const open = [ENTRY]
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    const text = texts[`${LIB}${name}`]
    if (found.has(name) || text === undefined) continue
    const bytes = utf8(text)
    found.set(name, { name, text, bytes: bytes.length, sha256: toHex(sha256(bytes)) })
    for (const [, path] of text.matchAll(IMPORT)) open.push(resolve(name, path!))
  }
  return [...found.values()]
}

function resolve(from: string, path: string): string {
  return new URL(path, `file:///${from}`).pathname.slice(1)
}
