import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { getBlob } from '#core/files/blob_store'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { RECORDING, REPORT } from '#lib/bundle/check_content'
import type { BundleFile } from '#lib/bundle/format'
import { drawEvidence, drawOfReview } from '#draw/public'
import { ledgerKeys } from '#ledger/public'
import { editionOf, reportOfReview } from '#reports/public'
import { recordingOf } from '#sessions/public'
import type { BundleReader } from '#evidence/domain/who_opens_which_entry'
import { readme } from '#evidence/readme'

export type BundleContent = Map<string, Uint8Array>

/** The files of a review's bundle but those that tell of the log: report, draw, recording's hashes, verifier, words. */
export async function reviewFiles(reviewId: string, reader: BundleReader): Promise<BundleContent> {
  const files: BundleContent = new Map()
  const report = await reportOfReview(reviewId)
  const edition = report && (await editionOf(report))
  if (report?.state === 'issued' && edition) files.set(REPORT, await getBlob(edition.head_sha256))
  const draw = await drawOfReview(reviewId)
  if (draw?.status === 'completed') {
    const evidence = await drawEvidence(draw, reader === 'supervisor' ? 'supervisor' : 'other')
    files.set(`draw/evidence-${draw.number}.json`, utf8(canonicalJson(evidence)))
    files.set('draw/SPEC.md', await readFile(app.makePath('docs/draw/SPEC.md')))
  }
  const recording = await recordingOf(reviewId)
  if (recording?.filesSha256) files.set(RECORDING, utf8(canonicalJson(recording.files)))
  for (const [name, text] of Object.entries(await ledgerKeys())) files.set(`ledger/${name}`, utf8(text))
  files.set('offline-verifier.html', await readFile(app.makePath('frontend/build/offline-verifier.html')))
  files.set('README.txt', utf8(readme()))
  return files
}

export function listOf(content: BundleContent): BundleFile[] {
  return [...content]
    .map(([path, bytes]) => ({ path, size: bytes.length, sha256: toHex(sha256(bytes)) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
