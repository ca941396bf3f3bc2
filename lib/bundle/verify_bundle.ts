import { sha256, toHex, utf8 } from '../bytes.ts'
import { readLeaf } from '../ledger/leaf.ts'
import { checkSignatures } from '../ledger/verify_signatures.ts'
import { leafHash } from '../merkle.ts'
import type { Certificate } from '../pki/certificate.ts'
import type { VerifierKey } from '../tlog/keys.ts'
import { contentChecks } from './check_content.ts'
import { entryChecks } from './check_entries.ts'
import { erasureChecks } from './check_erasures.ts'
import { timestampChecks } from './check_timestamps.ts'
import { check, type BundleCheck, type BundleVerdict, type Files, type ReadEntry } from './checks.ts'
import {
  ENTRIES,
  ERASURES,
  MANIFEST,
  readEntries,
  readManifest,
  UNLISTED,
  type BundleEntry,
  type BundleManifest,
} from './format.ts'

const SIGNED = ['ledger/checkpoint', 'ledger/server.vkey', 'ledger/witness.vkey']

/**
 * Says whether a bundle is whole and is what a witnessed log holds of a review: every entry of its stream from the
 * first to the one that tells of the bundle, each opened one as it was committed to, and every other file as that
 * last entry, or an entry about it, names it by its digest. That entry fixes, too, which entries stay closed.
 * `trusted`: keys of logs and witnesses, from elsewhere, as are `roots` of time-stamping authorities.
 */
export async function verifyBundle(
  files: Files,
  trusted: readonly VerifierKey[],
  roots: readonly Certificate[] = []
): Promise<{ verdict: BundleVerdict; checks: BundleCheck[] }> {
  const manifest = readManifest(files.get(MANIFEST) ?? new Uint8Array())
  const lines = readEntries(files.get(ENTRIES) ?? new Uint8Array())
  if (!manifest || !lines) return unreadable(manifest ? ENTRIES : MANIFEST)
  const erasures = files.has(ERASURES) ? readEntries(files.get(ERASURES)!) : []
  if (!erasures) return unreadable(ERASURES)
  const read = async (name: string) => files.get(`ledger/${name}`) ?? null
  const signed = await checkSignatures(read, trusted)
  if (!signed.checkpoint) return unreadable(SIGNED[0]!)
  const entries = lines.map(readEntry)
  const given = { checkpoint: signed.checkpoint, keys: signed.keys, roots }
  const stamps = await timestampChecks(files, entries, given)
  const checks = [
    check('bundle_readable', true, null, [MANIFEST, ENTRIES]),
    ...fileChecks(files, manifest),
    ...signed.checks.map((one) => ({ ...one, of: SIGNED })),
    ...entryChecks(manifest, entries, signed.checkpoint),
    erasureChecks(entries, erasures.map(readEntry), signed.checkpoint),
    ...contentChecks(files, entries),
    ...stamps.checks,
  ]
  const trust = [...signed.trust.map((one) => ({ ...one, of: SIGNED })), ...stamps.trust]
  const consistent = checks.every(({ ok }) => ok)
  const known = trust.every(({ ok }) => ok)
  return {
    verdict: !consistent ? 'not_genuine' : known ? 'genuine' : 'consistent_unknown_signer',
    checks: [...checks, ...trust],
  }
}

/** Every file that is listed is there, byte for byte, and no other is. */
function fileChecks(files: Files, manifest: BundleManifest): BundleCheck[] {
  const listed = new Map(manifest.files.map((file) => [file.path, file]))
  const odd = [...files.keys()].find((path) => !listed.has(path) && !UNLISTED.includes(path))
  const wrong = manifest.files.find(({ path, size, sha256: digest }) => {
    const bytes = files.get(path)
    return !bytes || bytes.length !== size || toHex(sha256(bytes)) !== digest
  })
  const twice = listed.size < manifest.files.length
  const bad = odd ?? wrong?.path ?? (twice ? 'twice' : null)
  return [check('bundle_files', bad === null, bad, [...listed.keys()])]
}

/** Undefined where the text is no leaf; its place is named by the check of entries. */
function readEntry(entry: BundleEntry): ReadEntry | undefined {
  const bytes = utf8(entry.leaf)
  const read = readLeaf(bytes)
  return read && { ...entry, read, hash: toHex(leafHash(bytes)) }
}

function unreadable(place: string): { verdict: BundleVerdict; checks: BundleCheck[] } {
  return { verdict: 'unreadable', checks: [check('bundle_readable', false, place, [place])] }
}
