import { ALGORITHM } from '#lib/draw/labels'
import type { Quota } from '#lib/draw/quotas'
import { compareIds } from '#lib/draw/read'
import type { DrawRules } from '#lib/draw/rules'
import type { BeaconChain } from '#lib/drand'
import type { WideningStep } from '#lib/draw/widening'
import type { Regulation } from '#core/regulation/types'
import type { Work } from './facts.ts'
import { mainSpecialtyCode } from './pool_follows_from_the_library.ts'
import { type Tags, tagsOf } from './tags_follow_from_the_works.ts'

/**
 * Rules DRAW-1, DRAW-4, DRAW-7. The rules record of a draw: nothing in it is anyone's choice. Two parties
 * always: the level with the server alone is not for production. `widening`: the steps taken, if any; `beacon`: the
 * chain that a draw of level L3 takes its round from. @throws when the regulation wants that level and there is none.
 */
export function drawRules(
  works: readonly Work[],
  regulation: Regulation,
  keys: { serverKey: string; witnessKey: string; saltKeyCommitment: string },
  widening: readonly WideningStep[] = [],
  beacon: BeaconChain | null = null
): DrawRules {
  const { values } = regulation
  const level = values['draw.level'].value
  if (level === 'L3' && !beacon) throw new Error('Draws of level L3 need a beacon')
  const tags = tagsOf(works, regulation)
  return {
    algorithm: ALGORITHM,
    level,
    ...keys,
    // The draw takes the smallest cap that is feasible; beyond this one no panel of five employers is sure.
    maxPerEmployer: values['draw.maximum_per_employer'].value,
    quotas: quotasOf(tags, regulation),
    replacementSpecialty: 'keep_then_any',
    panel: {
      size: values['panel.minimum'].value,
      mainSpecialty: mainSpecialtyCode(tags),
      minMain: values['panel.minimum_main_specialty'].value,
      minSpecialties: values['panel.minimum_specialties'].value,
    },
    regulation: { id: `${regulation.id}/${regulation.version}`, hash: regulation.hash },
    ...(widening.length > 0 && { widening }),
    ...(level === 'L3' && { beacon: beacon! }),
  }
}

/** Rule DRAW-4. How many of the ten have each specialty, so that ten can always make a valid panel. */
export function quotasOf(tags: Tags, { values }: Regulation): Quota[] {
  const main = mainSpecialtyCode(tags)
  const companions = tags.companions.filter((one) => one !== main)
  const most = values['draw.maximum_companion_specialty'].value
  return [
    {
      specialty: main,
      min: values['draw.minimum_main_specialty'].value,
      max: values['draw.maximum_main_specialty'].value,
    },
    ...companions.map((specialty) => ({ specialty, min: 0, max: most })),
  ].sort((a, b) => compareIds(a.specialty, b.specialty))
}
