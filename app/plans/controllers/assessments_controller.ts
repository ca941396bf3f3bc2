import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { regulation } from '#core/jurisdiction'
import { assessAll } from '#plans/domain/assess_all'
import { nameSearchValidator, worksValidator } from '#plans/validators/plan'
import { workInput } from '#plans/validators/work_input'

/** What forms need: the regulation's vocabulary, a verdict while typing, names of known enterprises. */
export default class AssessmentsController {
  async assess({ request }: HttpContext) {
    const { works } = await request.validateUsing(worksValidator)
    return assessAll(works.map(workInput), await regulation())
  }

  async vocabulary() {
    const { id, version, hash, categories, parameters, parties, chapters, severe_defects, review_kinds } =
      await regulation()
    return {
      regulation: { id, version, hash },
      categories: categories.map(
        ({ code, zh, en, drawings, defect_groups, hazardous, review_required, reminders }) => {
          const asked = [...hazardous, ...review_required, ...reminders].flatMap((ground) =>
            ground.when.map((condition) => condition.parameter)
          )
          const bounds = (grounds: typeof hazardous) =>
            grounds.flatMap((ground) =>
              ground.when.flatMap((one) =>
                'at_least' in one ? [{ parameter: one.parameter, at_least: one.at_least }] : []
              )
            )
          return {
            code,
            zh,
            en,
            drawings,
            defectGroups: defect_groups,
            parameters: [...new Set(asked)],
            bounds: { hazardous: bounds(hazardous), reviewRequired: bounds(review_required) },
          }
        }
      ),
      parameters,
      parties,
      chapters,
      severeDefects: severe_defects,
      reviewKinds: review_kinds,
    }
  }

  /** Full names of enterprises, which are public; never people. */
  async organisations({ request }: HttpContext) {
    const { q, kind } = await nameSearchValidator.validate(request.qs())
    if (q.length < 2) return { organisations: [] }
    const query = db
      .from('organisations')
      .whereILike('name', `%${q.replace(/[\\%_]/g, '\\$&')}%`)
      .whereNotIn('kind', ['centre', 'authority'])
    if (kind) query.where('kind', kind)
    const rows = await query.orderBy('name').limit(8).select('name', 'kind')
    return { organisations: rows as { name: string; kind: string }[] }
  }
}
