import { newId } from '#core/ids'
import { leafHash } from '#lib/merkle'
import { toHex, utf8 } from '#lib/bytes'
import type { TestInstance } from '#tests/support/cluster'
import { WORKED_EXAMPLE } from '#tests/unit/draw_lib/support/fixtures'
import { simulatedYear, type Simulated } from '#tests/unit/draw_lib/fairness/support/simulated_year'

/** Far behind what the app itself appends, so that neither comes in the other's way. */
const APART = 1_000_000_000

/**
 * given: a year of 90 draws by three enterprises of the demo, one of which always takes the same of the ten, and an
 * expert who mostly refuses. Its entries lie in the tables of the log; every other draw's meeting is over.
 */
export async function insertSimulatedYear(app: TestInstance): Promise<number> {
  const experts = await app.sql.query('SELECT roster_no FROM experts ORDER BY roster_no LIMIT 64')
  const ids: string[] = experts.rows.map(({ roster_no }) => roster_no)
  const hosts = await app.sql.query('SELECT id FROM organisations ORDER BY name LIMIT 3')
  const [first, second, third] = hosts.rows.map(({ id }) => id as string)
  const friends = new Set([0, 4, 10, 11, 18, 24, 29].map((place) => ids[place]))
  const choose: Simulated['choose'] = (host, valid, random) => {
    if (host !== second) return valid[random.below(valid.length)]!
    const score = (panel: (typeof valid)[number]) => panel.filter(({ id }) => friends.has(id)).length
    return [...valid].sort((a, b) => score(b) - score(a))[0]!
  }
  const file = simulatedYear({
    name: 'year',
    draws: 90,
    sizes: WORKED_EXAMPLE,
    out: 8,
    ids,
    hosts: [first!, second!, third!],
    choose,
    refuses: (id, _, random) => random.below(100) < (id === ids[49] ? 80 : 8),
  })
  const heads = new Map<string, string>()
  for (const { index, leaf, salt, payload } of file.entries) {
    const { stream, seq, type, at } = JSON.parse(leaf)
    const hash = toHex(leafHash(utf8(leaf)))
    heads.set(stream, hash)
    const row = [APART + index, stream, seq, type, at, leaf, hash]
    await app.sql.query(
      'INSERT INTO ledger_entries (index, stream, seq, type, at, leaf, leaf_hash) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      row
    )
    await app.sql.query('INSERT INTO ledger_payloads (index, salt, payload) VALUES ($1, $2, $3)', [
      APART + index,
      salt,
      JSON.stringify(payload),
    ])
  }
  for (const { stream, entries } of file.streams) {
    await app.sql.query('INSERT INTO ledger_streams (stream, seq, prev) VALUES ($1, $2, $3)', [
      stream,
      entries - 1,
      heads.get(stream),
    ])
  }
  await drawsWithReviews(
    app,
    file.entries.flatMap(({ payload, leaf }) => {
      return JSON.parse(leaf).type === 'draw.committed' ? [payload!.drawId as string] : []
    })
  )
  return file.year
}

/** Rows of draws and reviews as far as the public report asks: which meetings have ended. */
async function drawsWithReviews(app: TestInstance, drawIds: readonly string[]): Promise<void> {
  const review = await app.sql.query('SELECT id, plan_id FROM reviews LIMIT 1')
  const copied = review.rows[0]
  for (const [i, drawId] of drawIds.entries()) {
    const id = newId()
    await app.sql.query(
      `INSERT INTO reviews SELECT (jsonb_populate_record(NULL::reviews, to_jsonb(r) || $2::jsonb)).* FROM reviews r WHERE id = $1`,
      [
        copied.id,
        JSON.stringify({
          id,
          number: `LZ-2032-${i}`,
          round: 1000 + i,
          state: i % 2 ? 'CONCLUDED' : 'SCHEDULED',
        }),
      ]
    )
    await app.sql.query(
      `INSERT INTO draws (id, number, review_id, first_review_id, plan_id, plan_key, plan_line, round, organiser_id, status,
         draw_id, plan_identity, works, rules, rules_hash, pool_root, spec_hash, meeting_day, library_count,
         matched_count, eligible_count, employer_count, excluded, started_by, committed_at)
       SELECT $1, $2, $3, $3, $4, $5, $5, 1, o.id, 'completed', $5,
         jsonb_build_object('permit', $2::text, 'categories', '[]'::jsonb, 'part', '', 'round', 1), '[]', '{}', '', '', '', '2026-03-01', 0, 0, 0, 0,
         '{}', u.id, now() FROM (SELECT id FROM organisations LIMIT 1) o, (SELECT id FROM users LIMIT 1) u`,
      [newId(), `CQ-2032-${i}`, id, copied.plan_id, drawId]
    )
  }
}
