import { ALGORITHM, DRAW_SIZE } from '#lib/draw/labels'
import type { DrawRules } from '#lib/draw/rules'
import type { Regulation } from '#core/regulation/types'
import type { Work } from './facts.ts'
import { mainSpecialtyCode } from './pool_follows_from_the_library.ts'
import { tagsOf } from './tags_follow_from_the_works.ts'

/**
 * Rules DRAW-1, DRAW-4, DRAW-7. The rules record of a draw: nothing in it is anyone's choice. Two parties
 * always: the level with the server alone is not for production.
 */
export function drawRules(
  works: readonly Work[],
  regulation: Regulation,
  keys: { serverKey: string; witnessKey: string; saltKeyCommitment: string }
): DrawRules {
  const { values } = regulation
  return {
    algorithm: ALGORITHM,
    level: 'L2',
    ...keys,
    // The draw takes the smallest cap that is feasible; no further bound is set.
    maxPerEmployer: DRAW_SIZE,
    quotas: [],
    replacementSpecialty: 'keep_then_any',
    panel: {
      size: values['panel.minimum'].value,
      mainSpecialty: mainSpecialtyCode(tagsOf(works, regulation)),
      minMain: values['panel.minimum_main_specialty'].value,
      minSpecialties: values['panel.minimum_specialties'].value,
    },
    regulation: { id: `${regulation.id}/${regulation.version}`, hash: regulation.hash },
  }
}
