import db from '@adonisjs/lucid/services/db'
import { fromHex, toHex } from '#lib/bytes'
import { consistencyProof, inclusionProof, merkleRoot } from '#lib/merkle'

export async function ledgerHead(): Promise<{ size: number; root: string }> {
  const head = await db.from('ledger_head').where('id', 1).first()
  return { size: Number(head.size), root: head.root }
}

async function leafHashes(size: number): Promise<Uint8Array[]> {
  const rows = await db.from('ledger_entries').select('leaf_hash').where('index', '<', size).orderBy('index')
  return rows.map((row) => fromHex(row.leaf_hash))
}

/** The audit path of an entry in the tree of `size` leaves. @throws RangeError when index ≥ size. */
export async function proveInclusion(index: number, size: number): Promise<string[]> {
  return inclusionProof(await leafHashes(size), index).map(toHex)
}

/**
 * The audit path of an entry in the tree that it completed (`index` + 1 leaves), with that tree's root: the same
 * whenever it is asked for. @throws RangeError when there is no such entry.
 */
export async function proveCompletion(index: number): Promise<{ path: string[]; root: string }> {
  const leaves = await leafHashes(index + 1)
  if (leaves.length <= index) throw new RangeError('index_outside_tree')
  return { path: inclusionProof(leaves, index).map(toHex), root: toHex(merkleRoot(leaves)) }
}

/** That the tree of `first` leaves is a prefix of the tree of `second` leaves. */
export async function proveConsistency(first: number, second: number): Promise<string[]> {
  return consistencyProof(await leafHashes(second), first).map(toHex)
}

/** One entry with what opens it, for evidence and for the person concerned. */
export async function ledgerEntry(index: number) {
  const row = await db
    .from('ledger_entries')
    .leftJoin('ledger_payloads', 'ledger_payloads.index', 'ledger_entries.index')
    .where('ledger_entries.index', index)
    .select('ledger_entries.*', 'ledger_payloads.salt', 'ledger_payloads.payload')
    .first()
  return row as {
    index: string
    stream: string
    seq: number
    type: string
    at: Date
    leaf: string
    leaf_hash: string
    salt: string | null
    payload: string | null
  } | null
}
