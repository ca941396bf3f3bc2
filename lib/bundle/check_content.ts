import { sha256, toHex } from '../bytes.ts'
import { canonicalJson, parseStrictJson, type Json } from '../canonical_json.ts'
import { utf8 } from '../bytes.ts'
import { decodeUtf8 } from '../tlog/note.ts'
import { ENTRIES } from './format.ts'
import { check, type BundleCheck, type Files, type ReadEntry } from './checks.ts'

export const REPORT = 'report.pdf'
export const RECORDING = 'recording/files.json'
export const DRAWS = /^draw\/[^/]+\.json$/

const SIGNED_TYPE = 'report.signed'
const RECORDED_TYPE = 'recording.finished'
const COMMIT_TYPE = 'draw.committed'
const SAME_PLAN_TYPE = 'draw.same_plan'

/** What a bundle carries is what entries of this very review name. Each file's own verifier looks inside it. */
export function contentChecks(files: Files, given: readonly (ReadEntry | undefined)[]): BundleCheck[] {
  const entries = given.filter((entry) => entry !== undefined)
  const checks: BundleCheck[] = []
  const report = files.get(REPORT)
  if (report) {
    const names = { file: toHex(sha256(report)) }
    checks.push(named('bundle_report', REPORT, entries, SIGNED_TYPE, names))
  }
  const recording = files.get(RECORDING)
  if (recording) {
    const names = { sha256: toHex(sha256(utf8(canonicalJson(json(recording) ?? null)))) }
    checks.push(named('bundle_recording', RECORDING, entries, RECORDED_TYPE, names))
  }
  for (const path of [...files.keys()].filter((name) => DRAWS.test(name)))
    checks.push(drawCheck(path, files.get(path)!, entries))
  return checks
}

/** An opened entry of this type whose payload names the file by its digest. */
function named(
  code: BundleCheck['code'],
  path: string,
  entries: readonly ReadEntry[],
  type: string,
  names: Readonly<Record<string, string>>
): BundleCheck {
  const found = entries.some(({ read, opening }) => {
    return (
      read.type === type && Object.entries(names).every(([field, value]) => opening?.payload[field] === value)
    )
  })
  return check(code, found, found ? null : path, [path, ENTRIES])
}

/** The draw was frozen by an entry of this review, or one says that it goes on with a draw made before (DRAW-6). */
function drawCheck(path: string, bytes: Uint8Array, entries: readonly ReadEntry[]): BundleCheck {
  const evidence = json(bytes) as { drawId?: Json; commit?: { leafHash?: Json } } | undefined
  const found = entries.some(({ read, hash, opening }) => {
    if (read.type === COMMIT_TYPE) return hash === evidence?.commit?.leafHash
    return read.type === SAME_PLAN_TYPE && opening?.payload.drawId === evidence?.drawId
  })
  return check('bundle_draw', found, found ? null : path, [path, ENTRIES])
}

function json(bytes: Uint8Array): Json | undefined {
  const text = decodeUtf8(bytes)
  const parsed = text === undefined ? undefined : parseStrictJson(text)
  return parsed?.ok ? parsed.value : undefined
}
