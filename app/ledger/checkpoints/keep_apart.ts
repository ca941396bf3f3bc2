import db from '@adonisjs/lucid/services/db'
import { fromHex } from '#lib/bytes'
import type { HeadStore, KeptHead } from '#ledger/checkpoints/head_store'
import { leadTo } from '#ledger/checkpoints/kept_leaves'
import { lineOf, nameOf } from '#ledger/checkpoints/kept_notes'
import { storedCheckpoints } from '#ledger/queries/stored_checkpoints'

/** Completes what is kept apart from what the database still proves: leaves that lead to the signed head, signed notes. */
export async function keepApart(store: HeadStore, head: KeptHead): Promise<void> {
  const { frontier } = head
  const known = store.leaves.read(frontier.size)
  if (known.length < frontier.size) {
    const rows = await db
      .from('ledger_entries')
      .where('index', '>=', known.length)
      .where('index', '<', frontier.size)
      .orderBy('index')
      .select('leaf_hash')
    const missing = rows.map((row) => fromHex(row.leaf_hash))
    if (leadTo([...known, ...missing], frontier)) store.leaves.write(known.length, missing)
  }
  const listed = store.notes.read()
  const rows = await storedCheckpoints(db)
  store.notes.add(rows.filter((row) => !listed.has(nameOf(lineOf(row)))))
}
