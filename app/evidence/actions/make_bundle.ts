import { zipSync } from 'fflate'
import type { Actor } from '#core/actor'
import { utf8 } from '#lib/bytes'
import { BUNDLED_ENTRY_TYPE, CHECKPOINT, ENTRIES, filesDigest, MANIFEST } from '#lib/bundle/format'
import { canonicalJson } from '#lib/canonical_json'
import { fail, ok, type Result } from '#lib/result'
import { checkpointCovering, record, streamEntries, type Receipt } from '#ledger/public'
import { reviewById, reviewStream } from '#reviews/public'
import type { BundleReader } from '#evidence/domain/who_opens_which_entry'
import { entryLines } from '#evidence/queries/entry_lines'
import { listOf, reviewFiles, type BundleContent } from '#evidence/queries/review_files'

/** How long the next checkpoint may take: one is made every second. */
const PATIENCE_MS = 15_000

/**
 * Everything that proves a review, as one ZIP for whoever asks. The log is told first which files it holds and how
 * many entries there are, so that none can be left out of the bundle afterwards (ledger.md).
 */
export async function makeBundle(
  actor: Actor,
  reviewId: string,
  reader: BundleReader
): Promise<Result<{ name: string; bytes: Uint8Array }, { code: 'E_NO_CHECKPOINT' }>> {
  const review = (await reviewById(reviewId))!
  const stream = reviewStream(reviewId)
  const content = await reviewFiles(reviewId, reader)
  const files = listOf(content)
  const entry = await tell(actor, stream, { files: filesDigest(files), reader })
  const checkpoint = await checkpointCovering(entry.index, PATIENCE_MS)
  if (!checkpoint) return fail({ code: 'E_NO_CHECKPOINT' })
  const number = review.number ?? reviewId
  const manifest = {
    format: 'lunzheng-evidence-bundle/1',
    review: { number, stream },
    entry: entry.index,
    files,
  }
  const entries = (await streamEntries(stream)).filter(({ index }) => index <= entry.index)
  const all: BundleContent = new Map([
    [MANIFEST, utf8(canonicalJson(manifest))],
    [CHECKPOINT, utf8(checkpoint.note)],
    [ENTRIES, utf8(await entryLines(entries, checkpoint.size, reader))],
    ...content,
  ])
  return ok({ name: `${number}-证据包.zip`, bytes: zipSync(Object.fromEntries(all), { level: 6 }) })
}

/** The entry is durable, with the stream's count in it, before the bundle is made. */
async function tell(
  actor: Actor,
  stream: string,
  payload: { files: string; reader: BundleReader }
): Promise<Receipt> {
  let told: Receipt | undefined
  await record(actor, async (unit) => {
    unit.entry({ stream, type: BUNDLED_ENTRY_TYPE, payload, counts: true })
    unit.afterCommit(([receipt]) => {
      told = receipt
    })
  })
  return told!
}
