/** What is kept beside the entries: heads of log and streams, roots of tiles, signed checkpoints. */
import type { StoredLog } from '#bin/soak/tampering/stored_log'
import { oneOf, type Random, type Tampering } from '#bin/soak/tampering/tampering'

type Kind = (log: StoredLog, random: Random) => Tampering

const HEAD = [
  'UPDATE ledger_head SET size = size + 1',
  'UPDATE ledger_head SET size = size - 1',
  "UPDATE ledger_head SET root = encode(sha256('x'), 'hex')",
  'UPDATE ledger_head SET frontier = frontier - 0',
  `UPDATE ledger_head SET frontier = frontier || '["00"]'::jsonb`,
  "UPDATE ledger_head SET frontier = jsonb_set(frontier, '{0}', to_jsonb(encode(sha256('x'), 'hex')))",
  "UPDATE ledger_head SET frontier = '{}'",
  'DELETE FROM ledger_head',
]
const STREAM = [
  'UPDATE ledger_streams SET seq = seq + 1 WHERE stream = ?',
  'UPDATE ledger_streams SET seq = seq - 1 WHERE stream = ?',
  "UPDATE ledger_streams SET prev = encode(sha256('x'), 'hex') WHERE stream = ?",
  'UPDATE ledger_streams SET closed = NOT closed WHERE stream = ?',
  'DELETE FROM ledger_streams WHERE stream = ?',
]
const NODE = [
  "UPDATE ledger_nodes SET hash = encode(sha256('x'), 'hex') WHERE level = ? AND index = ?",
  "UPDATE ledger_nodes SET hash = hash || ' ' WHERE level = ? AND index = ?",
  'DELETE FROM ledger_nodes WHERE level = ? AND index = ?',
]
const CHECKPOINT = [
  "UPDATE ledger_checkpoints SET root = encode(sha256('x'), 'hex') WHERE size = ? AND cosigned = ?",
  "UPDATE ledger_checkpoints SET note = overlay(note placing 'x' from 3) WHERE size = ? AND cosigned = ?",
  "UPDATE ledger_checkpoints SET note = note || ' ' WHERE size = ? AND cosigned = ?",
  "UPDATE ledger_checkpoints SET note = note || E'— other.example/w AAAAAAAA\\n' WHERE size = ? AND cosigned = ?",
  'UPDATE ledger_checkpoints SET cosigned = NOT cosigned WHERE size = ? AND cosigned = ?',
  "UPDATE ledger_checkpoints SET at = at - interval '1 day' WHERE size = ? AND cosigned = ?",
  "UPDATE ledger_checkpoints SET at = at + interval '1 microsecond' WHERE size = ? AND cosigned = ?",
  'DELETE FROM ledger_checkpoints WHERE size = ? AND cosigned = ?',
]

export const ANCHOR_KINDS: Readonly<Record<string, Kind>> = {
  'the log’s head': (_, random) => {
    const sql = oneOf(HEAD, random)
    return { what: sql, place: { head: true }, statements: [[sql]], table: 'ledger_head' }
  },
  'a stream’s head': ({ streams }, random) => {
    const [stream, sql] = [oneOf(streams, random), oneOf(STREAM, random)]
    return { what: sql, place: { streams: [stream] }, statements: [[sql, [stream]]], table: 'ledger_streams' }
  },
  'a stream’s head put in or renamed': ({ streams }, random) => {
    const [stream, made] = [oneOf(streams, random), `made/${random(1000)}`]
    const sql = oneOf(
      [
        'INSERT INTO ledger_streams SELECT ?, seq, prev, closed FROM ledger_streams WHERE stream = ?',
        'UPDATE ledger_streams SET stream = ? WHERE stream = ?',
      ],
      random
    )
    return {
      what: sql,
      place: { streams: [stream, made] },
      statements: [[sql, [made, stream]]],
      table: 'ledger_streams',
    }
  },
  'the root of a tile': ({ nodes }, random) => {
    const [{ level, index }, sql] = [oneOf(nodes, random), oneOf(NODE, random)]
    return {
      what: sql,
      place: { node: `${level}/${index}` },
      statements: [[sql, [level, index]]],
      table: 'ledger_nodes',
    }
  },
  'the root of a tile put in': ({ nodes }, random) => {
    const [level, index] = [1 + random(3), nodes.length + random(100)]
    const sql = "INSERT INTO ledger_nodes VALUES (?, ?, encode(sha256('x'), 'hex'))"
    return {
      what: sql,
      place: { node: `${level}/${index}` },
      statements: [[sql, [level, index]]],
      table: 'ledger_nodes',
    }
  },
  'a checkpoint': ({ checkpoints }, random) => {
    const [{ size, cosigned }, sql] = [oneOf(checkpoints, random), oneOf(CHECKPOINT, random)]
    return {
      what: sql,
      place: { checkpoints: [size] },
      statements: [[sql, [size, cosigned]]],
      table: 'ledger_checkpoints',
    }
  },
  'a checkpoint under another size': ({ checkpoints, entries }, random) => {
    const { size, cosigned } = oneOf(checkpoints, random)
    const other = size === entries.length ? size + 1000 : entries.length + 1 + random(100)
    const sql = oneOf(
      [
        'UPDATE ledger_checkpoints SET size = ? WHERE size = ? AND cosigned = ?',
        'INSERT INTO ledger_checkpoints SELECT ?, cosigned, root, note, at FROM ledger_checkpoints WHERE size = ? AND cosigned = ?',
      ],
      random
    )
    const statements = [[sql, [other, size, cosigned]]] as const
    return { what: sql, place: { checkpoints: [size, other] }, statements, table: 'ledger_checkpoints' }
  },
}
