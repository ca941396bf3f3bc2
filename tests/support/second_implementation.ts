import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { canonicalJson } from '#lib/canonical_json'
import { randomCase } from '#tests/unit/draw_lib/support/random_cases'

const FOLDER = fileURLToPath(new URL('../draw_python', import.meta.url))

export interface Comparison {
  /** How each case ended: `caps`, `quotas`, or the code of its error; `L3` counts the timed among the drawn. */
  readonly kinds: ReadonlyMap<string, number>
  /** Case number and place of the first difference of each case that differs. */
  readonly differences: readonly string[]
}

/** Cases `from` … `from + count − 1` by this implementation and by the one in Python, field by field. */
export function compareImplementations(from: number, count: number): Comparison {
  const cases = Array.from({ length: count }, (_, i) => randomCase(from + i))
  const input = cases.map(({ given }) => JSON.stringify(given)).join('\n')
  // -B: no byte code beside the sources.
  const said = spawnSync('python3', ['-B', 'recompute.py'], {
    cwd: FOLDER,
    input: `${input}
`,
    maxBuffer: 1e9,
  })
  if (said.error) throw said.error
  if (said.status !== 0) throw new Error(said.stderr.toString())
  const lines = said.stdout.toString().trimEnd().split('\n')
  const kinds = new Map<string, number>()
  const differences: string[] = []
  cases.forEach(({ given, expected }, i) => {
    const kind = kindOf(expected as Expected)
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    if (given.rules.level === 'L3' && 'seed' in (expected as Expected))
      kinds.set('L3', (kinds.get('L3') ?? 0) + 1)
    const other: unknown = lines[i] ? JSON.parse(lines[i]) : null
    const place = firstDifference(expected, other, '')
    if (place !== null) differences.push(`case ${from + i} at ${place}`)
  })
  return { kinds, differences }
}

type Expected = { chances: { error?: { code: string } }; result?: { steps?: unknown[] }; seed?: string }

function kindOf({ chances, result }: Expected): string {
  return chances.error?.code ?? (result?.steps ? 'quotas' : 'caps')
}

function firstDifference(a: unknown, b: unknown, place: string): string | null {
  const record = (value: unknown): value is Record<string, unknown> => {
    return typeof value === 'object' && value !== null
  }
  if (!record(a) || !record(b)) return canonicalJson(a) === canonicalJson(b) ? null : place || '/'
  if (Array.isArray(a) !== Array.isArray(b)) return place
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  for (const name of names) {
    const inner = `${place}/${name}`
    if (!(name in a) || !(name in b)) return inner
    const found = firstDifference(a[name], b[name], inner)
    if (found) return found
  }
  return null
}
