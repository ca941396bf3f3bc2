import { employerFigures, type EmployerFigure } from './employer_figures.ts'
import { openEntries, yearOf, type EntriesFile, type EntryFault } from './entries_file.ts'
import { expertFigures, type ExpertFigure } from './expert_figures.ts'
import { flagsOf, type Flag } from './flags.ts'
import { foldYear } from './fold_year.ts'
import { knownDraw, replacementsOf, type DrawFault, type KnownDraw } from './known_chances.ts'
import { organiserFigures, type OrganiserFigure } from './organiser_figures.ts'
import { redrawYear, type Redraws } from './redraws.ts'
import { repeatedPermits, type RepeatedPermit } from './repeated_permits.ts'
import { refusalFigures, type RefusalFigures } from './refusal_figures.ts'
import type { FoldFault, YearDraw } from './year_draw.ts'

/** From the regulation file. */
export type FairnessLimits = {
  /** In a fair year each list raises a flag with at most this chance, in thousandths. */
  readonly alarmPerMille: number
  /** How often the year is drawn again, 1 … 99,999. */
  readonly redraws: number
}

export type FairnessFault =
  EntryFault | FoldFault | DrawFault | { code: 'replacement_impossible'; drawId: string }

export type FairnessReport = {
  readonly year: number
  readonly head: { readonly size: number; readonly root: string }
  readonly limits: FairnessLimits
  readonly draws: number
  /** Whose chances follow again from the ledger; the figures are of these. */
  readonly recomputed: number
  readonly replaced: number
  readonly notReplaced: number
  readonly panels: number
  readonly departures: number
  /** What is missing, or is not as it must be. Empty: the report is of the whole year. */
  readonly faults: readonly FairnessFault[]
  readonly experts: readonly ExpertFigure[]
  readonly employers: readonly EmployerFigure[]
  readonly groups: Redraws
  readonly organisers: readonly OrganiserFigure[]
  readonly refusals: RefusalFigures
  /** Permits drawn for more than once, each time with its reason. */
  readonly repeated: readonly RepeatedPermit[]
  readonly flags: readonly Flag[]
}

/**
 * Rules DRAW-9, SUP-5. The year's report from the ledger's entries alone: who could be drawn, was drawn, was chosen
 * and refused, expected against observed. The same file and limits give the same report everywhere.
 */
export async function fairnessReport(
  file: EntriesFile,
  limits: FairnessLimits,
  breathe: () => Promise<void> = async () => {}
): Promise<FairnessReport> {
  const { opened, beside, faults } = openEntries(file)
  const folded = foldYear(opened, file)
  const { known, faults: drawFaults } = recompute(folded.draws)
  const replacements = folded.draws.flatMap((draw) => draw.replacements)
  await breathe()
  const experts = expertFigures(known)
  const employers = employerFigures(known)
  const groups = await redrawYear(known, { times: limits.redraws, breathe })
  const organisers = organiserFigures(folded.draws)
  const refusals = refusalFigures(folded.draws)
  return {
    year: file.year,
    head: file.head,
    limits,
    draws: folded.draws.length,
    recomputed: known.length,
    replaced: replacements.filter(({ taken }) => taken !== null).length,
    notReplaced: replacements.filter(({ taken }) => taken === null).length,
    panels: organisers.reduce((sum, { panels }) => sum + panels, 0),
    departures: organisers.reduce((sum, { departures }) => sum + departures, 0),
    faults: [...faults, ...folded.faults, ...drawFaults],
    experts,
    employers,
    groups,
    organisers,
    refusals,
    repeated: repeatedPermits([...opened, ...beside], ({ at }) => {
      return yearOf(at, file.utcOffsetMinutes) === file.year
    }),
    flags: flagsOf({ experts, employers, groups, organisers, refusals }, limits.alarmPerMille / 1000),
  }
}

function recompute(draws: readonly YearDraw[]): { known: KnownDraw[]; faults: FairnessFault[] } {
  const known: KnownDraw[] = []
  const faults: FairnessFault[] = []
  for (const draw of draws) {
    const found = knownDraw(draw)
    if ('code' in found) {
      faults.push(found)
      continue
    }
    known.push(found)
    if (replacementsOf(found).some(({ fits }) => !fits)) {
      faults.push({ code: 'replacement_impossible', drawId: draw.drawId })
    }
  }
  return { known, faults }
}
