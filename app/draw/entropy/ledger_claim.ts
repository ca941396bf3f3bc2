import db from '@adonisjs/lucid/services/db'
import { Refusal } from '#core/exceptions/refusal'
import type { Json } from '#lib/canonical_json'
import type { OpenedPlace, LedgerPlace } from '#lib/draw/ledger_place'
import type { ClaimedEntry, LedgerClaim } from '#lib/draw/witness_protocol'
import { anchorOf, ledgerEntry, ledgerHead, proveInclusion, sequenced } from '#ledger/public'

/** Where the log holds the first entry of this type in a stream that has these fields in its payload. @throws for none. */
export async function entryIndex(stream: string, type: string, match: Record<string, Json>): Promise<number> {
  const index = await findEntry(stream, type, match)
  if (index === null) throw new Error(`No ${type} in ${stream}`)
  return index
}

/** The same, null where there is none. */
export async function findEntry(
  stream: string,
  type: string,
  match: Record<string, Json>
): Promise<number | null> {
  await sequenced()
  const row = await db
    .from('ledger_entries')
    .join('ledger_payloads', 'ledger_payloads.index', 'ledger_entries.index')
    .where({ stream, type })
    .whereRaw('ledger_payloads.payload::jsonb @> ?::jsonb', [JSON.stringify(match)])
    .orderBy('ledger_entries.index')
    .select('ledger_entries.index')
    .first()
  return row ? Number(row.index) : null
}

/**
 * The entry opened and proved in the tree of `size` entries, whose checkpoint the witness cosigned; without a path
 * where the log has no such tree or the entry is not in it, which the witness then says.
 */
export async function claimOf(index: number, size: number): Promise<LedgerClaim> {
  const entry = await ledgerEntry(index)
  if (!entry?.salt || !entry.payload) throw new Error(`Ledger entry ${index} can't be opened`)
  const reaches = index < size && size <= (await ledgerHead()).size
  return {
    size,
    index,
    inclusion: reaches ? await proveInclusion(index, size) : [],
    leaf: entry.leaf,
    salt: entry.salt,
    payload: JSON.parse(entry.payload),
  }
}

/** A further entry in the same tree, for `Claim`. */
export async function furtherEntry(index: number, size: number): Promise<ClaimedEntry> {
  const { size: _, ...entry } = await claimOf(index, size)
  return entry
}

/**
 * Where the log holds an entry, as the evidence tells it: the same whenever it is asked for. @throws Refusal while no
 * checkpoint that the witness cosigned covers it.
 */
async function placeInLog(index: number): Promise<LedgerPlace> {
  const entry = await ledgerEntry(index)
  if (!entry) throw new Error(`No ledger entry ${index}`)
  const anchor = await anchorOf(index)
  if (!anchor) throw new Refusal(503, 'E_LEDGER_NOT_COSIGNED')
  return {
    index,
    stream: entry.stream,
    leafHash: entry.leaf_hash,
    at: entry.at.toISOString(),
    leaf: entry.leaf,
    proof: anchor.proof,
  }
}

/** The same with what opens the entry. */
export async function openedPlaceInLog(index: number): Promise<OpenedPlace> {
  const [place, entry] = await Promise.all([placeInLog(index), ledgerEntry(index)])
  if (!entry?.salt || !entry.payload) throw new Error(`Ledger entry ${index} can't be opened`)
  return { ...place, salt: entry.salt, payload: JSON.parse(entry.payload) }
}
