import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import { addDays, civilDay } from '#core/regulation/calendar'
import { nextNumber } from '#core/sequence_number'
import { populationRoot, sampleInput } from '#lib/draw/spot_check'
import { SAMPLE_ENTRY_TYPE } from '#lib/draw/spot_check_protocol'
import { fail, ok, type Result } from '#lib/result'
import { foldIdentifier } from '#lib/text'
import { drawKey, ensureWitnessPinned } from '#draw/public'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { periodIsOver } from '#supervision/domain/population_follows_from_the_period'
import { wakeSpotChecks } from '#supervision/jobs/work_off_spot_checks'
import { spotCheckStream, type Scope, type SpotCheckRow } from '#supervision/models/spot_check'
import { spotCheckPopulation } from '#supervision/queries/spot_check_population'

export interface NewSpotCheck {
  readonly title: string
  readonly scope: Scope
  readonly count: number
}

type Started = Result<{ id: string; number: string }, { code: string }>

/**
 * Rule SUP-1. Fixes the list that follows from the scope and writes it into the log; the random numbers come only
 * after that is durable. An occasion has one spot check for ever: the same asked for again is the first one,
 * something else under its name is refused.
 */
export async function startSpotCheck(actor: Actor, asked: NewSpotCheck): Promise<Started> {
  const standing = await ensureWitnessPinned()
  const { utc_offset_minutes: offset } = await regulation()
  const today = civilDay(businessNow(), offset)
  const started = await recordResult(actor, async (unit): Promise<Started> => {
    const occasion = foldIdentifier(asked.title)
    await unit.trx.rawQuery('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [
      `spot_check/${occasion}`,
    ])
    const before: SpotCheckRow | null = await unit.trx.from('spot_checks').where('occasion', occasion).first()
    if (before)
      return isSame(before, actor, asked)
        ? ok(before)
        : fail({ code: 'E_OCCASION_KNOWN', number: before.number })
    const over = periodIsOver(asked.scope, today, addDays(today, -1))
    if (!over.ok) return over
    const server = await drawKey('server', unit.trx)
    if (standing.code !== 'pinned' || !server) {
      return fail({
        code: 'E_DRAW_WITNESS',
        why: standing.code === 'pinned' ? 'server_key_missing' : standing.code,
      })
    }
    const population = await spotCheckPopulation(asked.scope, unit.trx)
    if (population.length < asked.count) {
      return fail({ code: 'E_SPOT_CHECK_LIST_TOO_SHORT', listed: population.length, need: asked.count })
    }
    return ok(
      await commit(unit, actor, {
        ...asked,
        occasion,
        population,
        serverKey: server.vrfKey,
        witnessKey: standing.pin.vrfKey,
      })
    )
  })
  if (!started.ok) return started
  wakeSpotChecks()
  const { id, number } = started.value
  return ok({ id, number })
}

async function commit(
  unit: UnitOfWork,
  actor: Actor,
  check: NewSpotCheck & { occasion: string; population: string[]; serverKey: string; witnessKey: string }
) {
  const { title, occasion, scope, count, population, serverKey, witnessKey } = check
  const root = populationRoot(population)
  const row = {
    id: newId(),
    number: await nextNumber(unit.trx, 'CC', unit.at),
    title,
    occasion,
    scope,
    count,
    population,
    root,
    input: sampleInput({ occasion, count, root }),
    server_key: serverKey,
    witness_key: witnessKey,
    status: 'committed',
    started_by: actor.userId,
    started_for: actor.organisationId,
    committed_at: unit.at,
  }
  await unit.insert('spot_checks', row)
  unit.entry({
    stream: spotCheckStream(row.id),
    type: SAMPLE_ENTRY_TYPE,
    payload: {
      number: row.number,
      occasion,
      scope,
      count,
      population,
      root,
      input: row.input,
      serverKey,
      witnessKey,
    },
  })
  return row
}

/** A double click and a lost answer ask for the same again. */
function isSame(row: SpotCheckRow, actor: Actor, { title, scope, count }: NewSpotCheck): boolean {
  const { kind, category, from, to } = row.scope
  return (
    row.started_by === actor.userId &&
    row.title === title &&
    row.count === count &&
    kind === scope.kind &&
    category === scope.category &&
    from === scope.from &&
    to === scope.to
  )
}
