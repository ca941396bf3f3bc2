import db from '@adonisjs/lucid/services/db'
import { toHex } from '#lib/bytes'
import { storedTree } from '#ledger/queries/stored_tree'

export async function ledgerHead(): Promise<{ size: number; root: string }> {
  const head = await db.from('ledger_head').where('id', 1).first()
  return { size: Number(head.size), root: head.root }
}

/** The audit path of an entry in the tree of `size` leaves. @throws RangeError when index ≥ size, or size > the log's. */
export async function proveInclusion(index: number, size: number): Promise<string[]> {
  return (await storedTree(size).inclusion(index)).map(toHex)
}

/** That the tree of `first` leaves is a prefix of the tree of `second` leaves. @throws RangeError as above. */
export async function proveConsistency(first: number, second: number): Promise<string[]> {
  return (await storedTree(second).consistency(first)).map(toHex)
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
