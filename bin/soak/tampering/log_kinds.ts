/** Entries taken out, put in or moved; as it comes, or with everything that follows made to fit again. */
import { chained, firstDifference, rewriting } from '#bin/soak/tampering/rewritten'
import type { LogRow, StoredLog } from '#bin/soak/tampering/stored_log'
import { pairOf } from '#bin/soak/tampering/entry_kinds'
import { oneOf, type Random, type Statement, type Tampering } from '#bin/soak/tampering/tampering'

type Kind = (log: StoredLog, random: Random) => Tampering

const TABLES = ['ledger_payloads', 'ledger_entries'] as const
const plain = (what: string, index: number, ...statements: Statement[]): Tampering => {
  return { what, place: { index }, statements, table: 'ledger_entries' }
}
const deleted = (from: number, to: number): Statement[] =>
  TABLES.map((table) => [`DELETE FROM ${table} WHERE index >= ? AND index < ?`, [from, to]])
const moved = (from: number, to: number): Statement[] =>
  TABLES.map((table) => [`UPDATE ${table} SET index = ? WHERE index = ?`, [to, from]])

/** The log as somebody would rather have it, with all links, hashes, heads and nodes that follow. */
function rewrite(what: string, log: StoredLog, wanted: readonly LogRow[]): Tampering {
  const made = chained(wanted)
  const index = firstDifference(log.entries, made)
  return { what, place: { index }, statements: rewriting(log.entries, made), table: 'ledger_entries' }
}

function said(row: LogRow, random: Random): LogRow {
  return { ...row, payload: JSON.stringify({ ...JSON.parse(row.payload), tampered: random(1000) }) }
}

export const LOG_KINDS: Readonly<Record<string, Kind>> = {
  'middle deleted': ({ entries }, random) => {
    const [a, b] = pairOf(entries, random)
    return plain('middle deleted', a.index, ...deleted(a.index, b.index))
  },
  'middle deleted, the rest moved up': (log, random) => {
    const [a, b] = pairOf(log.entries, random)
    return rewrite('middle deleted, the rest made to fit', log, [
      ...log.entries.slice(0, a.index),
      ...log.entries.slice(b.index),
    ])
  },
  'tail deleted': ({ entries }, random) => {
    const from = entries.length - 1 - random(Math.min(20, entries.length - 1))
    return plain('tail deleted', from, ...deleted(from, entries.length))
  },
  'tail deleted, heads wound back': (log, random) => {
    const from = log.entries.length - 1 - random(Math.min(20, log.entries.length - 1))
    return rewrite('tail deleted, heads wound back', log, log.entries.slice(0, from))
  },
  'two exchanged': ({ entries }, random) => {
    const [a, b] = pairOf(entries, random)
    return plain(
      'two exchanged',
      a.index,
      ...moved(a.index, 1e9),
      ...moved(b.index, a.index),
      ...moved(1e9, b.index)
    )
  },
  'two exchanged, the rest made to fit': (log, random) => {
    const [a, b] = pairOf(log.entries, random)
    return rewrite('two exchanged, made to fit', log, log.entries.with(a.index, b).with(b.index, a))
  },
  'one put in at the end': ({ entries }, random) => {
    const { index } = oneOf(entries, random)
    const [size, seq] = [entries.length, 100_000 + index]
    return plain('one put in at the end', size, [
      `INSERT INTO ledger_entries SELECT ${size}, stream, ${seq}, type, at, leaf, leaf_hash FROM ledger_entries WHERE index = ?`,
      [index],
    ])
  },
  'one put in, the rest made to fit': (log, random) => {
    const [a, b] = pairOf(log.entries, random)
    const extra = said(b, random)
    return rewrite('one put in, made to fit', log, log.entries.toSpliced(a.index, 0, extra))
  },
  'one put in before the first': ({ entries }, random) => {
    const { index } = oneOf(entries, random)
    const before = -1 - random(50)
    return plain('one put in before the first', before, [
      `INSERT INTO ledger_entries SELECT ${before}, stream, ${100_000 + index}, type, at, leaf, leaf_hash FROM ledger_entries WHERE index = ?`,
      [index],
    ])
  },
  doubled: ({ entries }, random) => {
    const { index } = oneOf(entries, random)
    return plain('doubled', index, [
      'INSERT INTO ledger_entries SELECT * FROM ledger_entries WHERE index = ?',
      [index],
    ])
  },
  'said otherwise, the rest made to fit': (log, random) => {
    const row = oneOf(log.entries, random)
    return rewrite('said otherwise, made to fit', log, log.entries.with(row.index, said(row, random)))
  },
  'back-dated, the rest made to fit': (log, random) => {
    const row = oneOf(log.entries, random)
    const at = new Date(Date.parse(row.at) - 1 - random(86_400_000)).toISOString()
    return rewrite('back-dated, made to fit', log, log.entries.with(row.index, { ...row, at }))
  },
  'moved to another stream, the rest made to fit': (log, random) => {
    const row = oneOf(log.entries, random)
    const stream = oneOf(
      log.streams.filter((name) => name !== row.stream),
      random
    )
    return rewrite(
      'moved to another stream, made to fit',
      log,
      log.entries.with(row.index, { ...row, stream })
    )
  },
}
