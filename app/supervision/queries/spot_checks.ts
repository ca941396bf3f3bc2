import db from '@adonisjs/lucid/services/db'
import { SPOT_CHECK_FORMAT, type SpotCheckEvidence } from '#lib/draw/spot_check_evidence'
import { SAMPLE_ENTRY_TYPE } from '#lib/draw/spot_check_protocol'
import { entryIndex, openedPlaceInLog } from '#draw/public'
import { spotCheckStream, type SpotCheckRow } from '#supervision/models/spot_check'

export async function spotCheckById(id: string): Promise<SpotCheckRow | null> {
  return db.from('spot_checks').where('id', id).first()
}

/** All of them, newest first; there are a few a year. */
export async function listSpotChecks() {
  const rows = await db
    .from('spot_checks as c')
    .join('users as u', 'u.id', 'c.started_by')
    .orderBy('c.committed_at', 'desc')
    .orderBy('c.id', 'desc')
    .select('c.*', 'u.name as starter')
    .select(
      db.raw(
        `(SELECT count(*) FROM inspections i WHERE i.number = c.number AND i.closed_at IS NULL) AS open_inspections`
      )
    )
  return rows.map((row: SpotCheckRow & { starter: string; open_inspections: string }) => ({
    ...summaryOf(row),
    startedBy: row.starter,
    openInspections: Number(row.open_inspections),
  }))
}

/** One spot check: what is fixed, what is awaited, what came, what follows from it. */
export async function spotCheckView(row: SpotCheckRow) {
  const [starter, logIndex, sampled] = await Promise.all([
    db.from('users').where('id', row.started_by).select('name').firstOrFail(),
    commitIndex(row),
    sampledReviews(row),
  ])
  return {
    ...summaryOf(row),
    startedBy: starter.name as string,
    population: row.population,
    steps: {
      committedAt: row.committed_at.toISOString(),
      serverAt: row.server_at?.toISOString() ?? null,
      witnessCode: row.status === 'completed' ? null : row.witness_code,
      completedAt: row.completed_at?.toISOString() ?? null,
    },
    fingerprints: {
      occasion: row.occasion,
      root: row.root,
      input: row.input,
      serverKey: row.server_key,
      witnessKey: row.witness_key,
      serverProof: row.proofs?.server ?? null,
      witnessProof: row.proofs?.witness ?? null,
    },
    logIndex,
    sampled,
  }
}

/** Everything that recomputes a completed one. @throws when it is not completed */
export async function spotCheckEvidence(row: SpotCheckRow): Promise<SpotCheckEvidence> {
  if (!row.proofs || !row.taken) throw new Error(`Spot check ${row.number} has no sample yet`)
  return {
    format: SPOT_CHECK_FORMAT,
    occasion: row.occasion,
    scope: row.scope,
    count: row.count,
    population: row.population,
    root: row.root,
    input: row.input,
    keys: { server: row.server_key, witness: row.witness_key },
    proofs: row.proofs,
    commit: await openedPlaceInLog(await commitIndex(row)),
    taken: row.taken,
  }
}

function summaryOf(row: SpotCheckRow) {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    scope: row.scope,
    count: row.count,
    listed: row.population.length,
    status: row.status,
    committedAt: row.committed_at.toISOString(),
    completedAt: row.completed_at?.toISOString() ?? null,
  }
}

function commitIndex({ id, input }: SpotCheckRow): Promise<number> {
  return entryIndex(spotCheckStream(id), SAMPLE_ENTRY_TYPE, { input })
}

/** The sample in the order of its tickets, each with its plan and how its inspection stands. */
async function sampledReviews({ taken, number }: SpotCheckRow) {
  if (!taken) return []
  const rows = await db
    .from('reviews as r')
    .join('plans as p', 'p.id', 'r.plan_id')
    .leftJoin('inspections as i', (on) => on.on('i.review_id', 'r.id').andOnVal('i.number', number))
    .whereIn(
      'r.number',
      taken.map(({ id }) => id)
    )
    .select(
      'r.id',
      'r.number',
      'r.conclusion',
      'p.name',
      'p.project_name',
      'i.closed_at',
      'i.id as inspection_id'
    )
  const byNumber = new Map(rows.map((row) => [row.number as string, row]))
  return taken.map(({ id, ticket }) => {
    const row = byNumber.get(id)
    return {
      number: id,
      ticket,
      reviewId: (row?.id ?? null) as string | null,
      planName: (row?.name ?? '') as string,
      projectName: (row?.project_name ?? '') as string,
      conclusion: (row?.conclusion ?? null) as string | null,
      inspectionId: (row?.inspection_id ?? null) as string | null,
      closedAt: (row?.closed_at?.toISOString() ?? null) as string | null,
    }
  })
}
