import { zipSync } from 'fflate'
import type { Actor } from '#core/actor'
import { utf8 } from '#lib/bytes'
import {
  BUNDLE_FORMAT,
  BUNDLED_ENTRY_TYPE,
  CHECKPOINT,
  closedDigest,
  ENTRIES,
  ERASURES,
  filesDigest,
  MANIFEST,
  STAMP_PROOFS,
} from '#lib/bundle/format'
import { canonicalJson } from '#lib/canonical_json'
import { fail, ok, type Result } from '#lib/result'
import {
  checkpointCovering,
  erasureEntries,
  lockLog,
  proveConsistency,
  record,
  streamEntries,
  timestampsOfEntries,
  type OpenedEntry,
  type Receipt,
} from '#ledger/public'
import { reviewById, reviewStream } from '#reviews/public'
import type { BundleReader } from '#evidence/domain/who_opens_which_entry'
import { entryLines, toldTo } from '#evidence/queries/entry_lines'
import { listOf, reviewFiles, type BundleContent } from '#evidence/queries/review_files'

/** How long the next checkpoint may take: one is made every second. */
const PATIENCE_MS = 15_000

/**
 * Everything that proves a review, as one ZIP for whoever asks. The log is told first which files it holds, how many
 * entries there are and which of them stay closed, so that none can be left out or hidden afterwards (ledger.md).
 */
export async function makeBundle(
  actor: Actor,
  reviewId: string,
  reader: BundleReader
): Promise<Result<{ name: string; bytes: Uint8Array }, { code: 'E_NO_CHECKPOINT' }>> {
  const review = (await reviewById(reviewId))!
  const stream = reviewStream(reviewId)
  const stamps = await timestampsOfEntries((await streamEntries(stream)).map(({ index }) => index))
  const content: BundleContent = new Map([...(await reviewFiles(reviewId, reader)), ...stamps.files])
  const files = listOf(content)
  const number = review.number ?? reviewId
  const told = await tell(actor, { stream, files: filesDigest(files), reader, number })
  const { index } = told.receipt
  const checkpoint = await checkpointCovering(index, PATIENCE_MS)
  if (!checkpoint) return fail({ code: 'E_NO_CHECKPOINT' })
  const manifest = { format: BUNDLE_FORMAT, review: { number, stream }, entry: index, files }
  const own = (await streamEntries(stream)).filter((entry) => entry.index === index)
  const linesOf = async (entries: readonly OpenedEntry[], to: BundleReader) =>
    utf8(
      await entryLines(
        entries.map((entry) => toldTo(to, entry)),
        checkpoint.size
      )
    )
  const all: BundleContent = new Map([
    [MANIFEST, utf8(canonicalJson(manifest))],
    [CHECKPOINT, utf8(checkpoint.note)],
    [ENTRIES, await linesOf([...told.entries, ...own], reader)],
    ...content,
  ])
  // They name nobody but who answered for it, and without them an erasure is any claim.
  if (told.erasures.length > 0) all.set(ERASURES, await linesOf(told.erasures, 'supervisor'))
  if (stamps.sizes.size > 0) all.set(STAMP_PROOFS, await stampProofs(stamps.sizes, checkpoint.size))
  return ok({ name: `${number}-证据包.zip`, bytes: zipSync(Object.fromEntries(all), { level: 6 }) })
}

/** From each tree that was stamped to that of `size` entries. */
async function stampProofs(sizes: ReadonlyMap<string, number>, size: number): Promise<Uint8Array> {
  const proofs: Record<string, string[]> = {}
  for (const [day, stamped] of sizes) proofs[day] = await proveConsistency(stamped, size)
  return utf8(canonicalJson(proofs))
}

interface Told {
  readonly receipt: Receipt
  /** All of the stream before the entry that tells of the bundle, as they were when it was appended. */
  readonly entries: readonly OpenedEntry[]
  readonly erasures: readonly OpenedEntry[]
}

/** The entry is durable, with the stream's count in it, before the bundle is made. */
async function tell(
  actor: Actor,
  about: { stream: string; files: string; reader: BundleReader; number: string }
): Promise<Told> {
  const { stream, ...facts } = about
  let told: Told | undefined
  await record(actor, async (unit) => {
    // What is closed must be known of every entry before this one, so nobody may slip one in.
    await lockLog(unit.trx)
    const entries = await streamEntries(stream, unit.trx)
    const lines = entries.map((entry) => toldTo(facts.reader, entry))
    const gone = lines.filter(({ withheld }) => withheld === 'erased').map(({ index }) => index)
    const erasures = await erasureEntries(gone, unit.trx)
    const payload = { ...facts, closed: closedDigest(lines) }
    unit.entry({ stream, type: BUNDLED_ENTRY_TYPE, payload, counts: true, placed: true })
    unit.afterCommit(([receipt]) => {
      told = { receipt: receipt!, entries, erasures }
    })
  })
  return told!
}
