/** One entry or one payload tampered with where it stands, by somebody who leaves the rest alone. */
import { canonicalJson } from '#lib/canonical_json'
import { toHex, utf8 } from '#lib/bytes'
import { leafHash } from '#lib/merkle'
import { commitment } from '#ledger/domain/entry'
import type { LogRow, StoredLog } from '#bin/soak/tampering/stored_log'
import { oneOf, type Random, type Statement, type Tampering } from '#bin/soak/tampering/tampering'

type Kind = (log: StoredLog, random: Random) => Tampering

const at = (index: number, what: string, ...statements: Statement[]): Tampering => {
  return { what, place: { index }, statements, table: 'ledger_entries' }
}
const inPayload = (index: number, what: string, set: string, values: readonly unknown[]) => ({
  ...at(index, what, [`UPDATE ledger_payloads SET ${set} WHERE index = ?`, [...values, index]]),
  table: 'ledger_payloads',
})
const setLeaf = (index: number, leaf: string): Statement => [
  'UPDATE ledger_entries SET leaf = ?, leaf_hash = ? WHERE index = ?',
  [leaf, toHex(leafHash(utf8(leaf))), index],
]

/** Another character in its place, or one more. */
function edited(text: string, random: Random): string {
  const place = random(text.length)
  const other = oneOf(['x', '"', '0', ' ', '论', 'é', '}'], random)
  const kept = text.slice(0, place)
  return text[place] === other || random(3) === 0
    ? kept + other + text.slice(place)
    : kept + other + text.slice(place + 1)
}

function otherHex(hex: string, random: Random): string {
  const place = random(hex.length)
  const digit = ((Number.parseInt(hex[place]!, 16) + 1 + random(15)) % 16).toString(16)
  return hex.slice(0, place) + digit + hex.slice(place + 1)
}

/** A field of the leaf set to something else, spelt as it should be. */
function otherField(row: LogRow, random: Random): string {
  const leaf = JSON.parse(row.leaf)
  const changes: Record<string, unknown>[] = [
    { v: 2 },
    { stream: `${leaf.stream}x` },
    { seq: leaf.seq + 1 },
    { prev: otherHex(leaf.prev, random) },
    { type: `${leaf.type}.x` },
    { at: new Date(Date.parse(leaf.at) - 1 - random(86_400_000)).toISOString() },
    { commit: otherHex(leaf.commit, random) },
    { more: 1 },
  ]
  return canonicalJson({ ...leaf, ...oneOf(changes, random) })
}

/** The same leaf to a lenient reader. */
function otherSpelling(row: LogRow, random: Random): string {
  return oneOf(
    [
      row.leaf.replace(',', ', '),
      `${row.leaf}\n`,
      row.leaf.replace('{', `{"at":"${row.at}",`),
      row.leaf.replace('"v":1', '"v":1.0'),
      row.leaf.replace('"stream"', '"\\u0073tream"'),
    ],
    random
  )
}

export const ENTRY_KINDS: Readonly<Record<string, Kind>> = {
  'payload edited': ({ entries }, random) => {
    const { index, payload } = oneOf(entries, random)
    return inPayload(index, 'payload edited', 'payload = ?', [edited(payload, random)])
  },
  'payload spelt otherwise': ({ entries }, random) => {
    const { index, payload } = oneOf(entries, random)
    return inPayload(index, 'payload spelt otherwise', 'payload = ?', [payload.replace(':', ': ')])
  },
  'payload of another entry': ({ entries }, random) => {
    const [a, b] = [oneOf(entries, random), oneOf(entries, random)]
    const other = a.index === b.index ? { ...b, payload: `${b.payload} ` } : b
    return inPayload(a.index, 'payload of another entry', 'payload = ?, salt = ?', [
      other.payload,
      other.salt,
    ])
  },
  'payloads exchanged': ({ entries }, random) => {
    const [a, b] = pairOf(entries, random)
    const take = (to: LogRow, from: LogRow): Statement => [
      'UPDATE ledger_payloads SET salt = ?, payload = ? WHERE index = ?',
      [from.salt, from.payload, to.index],
    ]
    return at(a.index, 'payloads exchanged', take(a, b), take(b, a))
  },
  'salt edited': ({ entries }, random) => {
    const { index, salt } = oneOf(entries, random)
    const bad = oneOf(
      [otherHex(salt, random), salt.toUpperCase().replace(/^\d*$/, 'A'), '', 'zz', salt.slice(2)],
      random
    )
    return inPayload(index, 'salt edited', 'salt = ?', [bad === salt ? '' : bad])
  },
  'payload, salt or both erased': ({ entries }, random) => {
    const { index } = oneOf(entries, random)
    const set = oneOf(['salt = NULL', 'payload = NULL', 'salt = NULL, payload = NULL'], random)
    const flag = oneOf(['', ', erased_at = now()'], random)
    return inPayload(index, `erased: ${set}${flag}`, set + flag, [])
  },
  'said to be erased': ({ entries }, random) =>
    inPayload(oneOf(entries, random).index, 'said to be erased', 'erased_at = now()', []),
  'payload row deleted': ({ entries }, random) => {
    const { index } = oneOf(entries, random)
    return at(index, 'payload row deleted', ['DELETE FROM ledger_payloads WHERE index = ?', [index]])
  },
  'payload row put in': ({ entries }, random) => {
    const { salt, payload } = oneOf(entries, random)
    const index = entries.length + random(1000)
    return at(index, 'payload row put in', [
      'INSERT INTO ledger_payloads VALUES (?, ?, ?, NULL)',
      [index, salt, payload],
    ])
  },
  'payload row doubled': ({ entries }, random) => {
    const { index } = oneOf(entries, random)
    return {
      ...at(index, 'payload row doubled', [
        'INSERT INTO ledger_payloads SELECT * FROM ledger_payloads WHERE index = ?',
        [index],
      ]),
      table: 'ledger_payloads',
    }
  },
  'leaf edited': ({ entries }, random) => {
    const { index, leaf } = oneOf(entries, random)
    return at(index, 'leaf edited', [
      'UPDATE ledger_entries SET leaf = ? WHERE index = ?',
      [edited(leaf, random), index],
    ])
  },
  'leaf edited with its hash': ({ entries }, random) => {
    const { index, leaf } = oneOf(entries, random)
    return at(index, 'leaf edited with its hash', setLeaf(index, edited(leaf, random)))
  },
  'a field of a leaf changed with its hash': ({ entries }, random) => {
    const row = oneOf(entries, random)
    return at(row.index, 'a field of a leaf changed', setLeaf(row.index, otherField(row, random)))
  },
  'leaf spelt otherwise with its hash': ({ entries }, random) => {
    const row = oneOf(entries, random)
    return at(row.index, 'leaf spelt otherwise', setLeaf(row.index, otherSpelling(row, random)))
  },
  'hash edited': ({ entries }, random) => {
    const { index, leafHash: hash } = oneOf(entries, random)
    const bad = oneOf([otherHex(hash, random), `${hash} `, '', 'zz'], random)
    return at(index, 'hash edited', ['UPDATE ledger_entries SET leaf_hash = ? WHERE index = ?', [bad, index]])
  },
  'a column of an entry': ({ entries }, random) => {
    const { index } = oneOf(entries, random)
    const set = oneOf(
      [
        "stream = stream || 'x'",
        'seq = seq + 100000',
        'seq = -seq - 1',
        "type = type || '.x'",
        "at = at - interval '1 day'",
        "at = at - interval '1 millisecond'",
        "at = at + interval '1 microsecond'",
        "at = 'infinity'",
      ],
      random
    )
    return at(index, `column: ${set}`, [`UPDATE ledger_entries SET ${set} WHERE index = ?`, [index]])
  },
  'payload, salt, leaf and hash of one entry made anew': ({ entries }, random) => {
    const row = oneOf(entries, random)
    const payload = canonicalJson({ ...JSON.parse(row.payload), tampered: random(1000) })
    const leaf = canonicalJson({ ...JSON.parse(row.leaf), commit: commitment(row.salt, payload) })
    return at(
      row.index,
      'payload, leaf and hash made anew',
      ['UPDATE ledger_payloads SET payload = ? WHERE index = ?', [payload, row.index]],
      setLeaf(row.index, leaf)
    )
  },
}

export function pairOf(entries: readonly LogRow[], random: Random): [LogRow, LogRow] {
  const first = random(entries.length - 1)
  return [entries[first]!, entries[first + 1 + random(entries.length - first - 1)]!]
}
