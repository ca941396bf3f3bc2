import { SYSTEM_ACTOR } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { regulation } from '#core/jurisdiction'
import { civilDay } from '#core/regulation/calendar'
import { blindIndex } from '#core/secrets'
import { fail, ok, type Result } from '#lib/result'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { listExpert } from '#registry/actions/list_expert'
import type { NewExpert } from '#registry/models/expert'
import { readSheet, type SheetError } from '#registry/actions/read_sheet'
import { COLUMNS, readExpertRows, type RowFault } from '#registry/domain/expert_rows'

export type ImportError =
  SheetError | { code: 'E_ROWS'; faults: RowFault[] } | { code: 'E_DRY_RUN'; experts: number }

/**
 * Takes a sheet of experts into the library: all of it or nothing. A dry run does everything and keeps
 * nothing, so that what it reports is what would happen. Rules REG-1, REG-3.
 */
export async function importExperts(
  bytes: Uint8Array,
  options: { dryRun: boolean }
): Promise<
  Result<{ experts: number; dryRun: boolean }, SheetError | { code: 'E_ROWS'; faults: RowFault[] }>
> {
  const sheet = await readSheet(bytes)
  if (!sheet.ok) return sheet
  const inForce = await regulation()
  const { experts, lines, faults } = readExpertRows(
    sheet.value,
    inForce,
    civilDay(businessNow(), inForce.utc_offset_minutes)
  )
  if (faults.length > 0) return fail({ code: 'E_ROWS', faults })
  const imported = await recordResult(SYSTEM_ACTOR, async (unit): Promise<Result<number, ImportError>> => {
    const taken = await takenAlready(unit, experts, lines)
    if (taken.length > 0) return fail({ code: 'E_ROWS', faults: taken })
    for (const expert of experts) await listExpert(unit, expert)
    return options.dryRun ? fail({ code: 'E_DRY_RUN', experts: experts.length }) : ok(experts.length)
  })
  if (imported.ok) return ok({ experts: imported.value, dryRun: false })
  if (imported.error.code === 'E_DRY_RUN') return ok({ experts: imported.error.experts, dryRun: true })
  return fail(imported.error)
}

/** Roster numbers in use, and mobile numbers of experts who are listed already; lines are those of the sheet. */
async function takenAlready(
  unit: UnitOfWork,
  experts: readonly NewExpert[],
  lines: readonly number[]
): Promise<RowFault[]> {
  const rosters = await unit.trx
    .from('experts')
    .whereIn(
      'roster_no',
      experts.map(({ rosterNo }) => rosterNo)
    )
    .select('roster_no')
  const indexes = new Map(experts.map(({ mobile }) => [blindIndex('mobile', mobile), mobile]))
  const people = await unit.trx
    .from('experts')
    .join('users', 'users.id', 'experts.user_id')
    .whereIn('users.mobile_index', [...indexes.keys()])
    .select('users.mobile_index')
  const usedRosters = new Set(rosters.map((row) => row.roster_no))
  const usedMobiles = new Set(people.map((row) => indexes.get(row.mobile_index)))
  return experts.flatMap(({ rosterNo, mobile }, i): RowFault[] => [
    ...(usedRosters.has(rosterNo)
      ? [
          {
            line: lines[i]!,
            column: COLUMNS.roster_no.replace('*', ''),
            code: 'taken' as const,
            value: rosterNo,
          },
        ]
      : []),
    ...(usedMobiles.has(mobile)
      ? [{ line: lines[i]!, column: COLUMNS.mobile.replace('*', ''), code: 'taken' as const, value: mobile }]
      : []),
  ])
}
