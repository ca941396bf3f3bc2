import type { Actor } from '#core/actor'
import { fail, ok } from '#lib/result'
import { changeExpert } from '#registry/actions/change_expert'
import { tagFaults } from '#registry/domain/tags_are_of_the_vocabulary'

interface Form {
  readonly expertId: string
  readonly reason: string
  readonly revision: number
}

/** Rule REG-3. Specialties, the main one first, and methods: what plans an expert is matched with (DRAW-1). */
export function setTags(
  actor: Actor,
  form: Form & { specialties: readonly string[]; methods: readonly string[] }
) {
  return changeExpert(actor, { ...form, what: 'specialties' }, async ({ unit, expert, inForce }) => {
    const { specialties, methods } = form
    const faults = tagFaults({ specialties, methods }, inForce)
    if (faults.length > 0) return fail({ code: 'E_TAGS', faults })
    const before = { specialties: expert.specialties, methods: expert.methodTags }
    if (JSON.stringify(before) === JSON.stringify({ specialties, methods })) return ok(null)
    await unit.update('experts', expert.id, { specialties, method_tags: methods })
    return ok({ before, after: { specialties, methods } })
  })
}

/** Rules REG-3, DRAW-1. The city whose library an expert belongs to; null: this one. A pool may widen to its neighbours. */
export function setHomeCity(actor: Actor, form: Form & { city: string | null }) {
  return changeExpert(actor, { ...form, what: 'home_city' }, async ({ unit, expert, inForce }) => {
    const { city } = form
    if (city !== null && !inForce.cities.some(({ code }) => code === city))
      return fail({ code: 'E_CITY_UNKNOWN' })
    if (expert.homeCity === city) return ok(null)
    await unit.update('experts', expert.id, { home_city: city })
    return ok({ before: { city: expert.homeCity }, after: { city } })
  })
}

/** Rules REG-3, DRAW-8. The grade, by which the risk of a work decides whether an expert fits. */
export function setGrade(actor: Actor, form: Form & { grade: string; document: string }) {
  return changeExpert(actor, { ...form, what: 'grade' }, async ({ unit, expert, inForce }) => {
    if (!inForce.grades.some(({ code }) => code === form.grade)) return fail({ code: 'E_GRADE_UNKNOWN' })
    if (expert.grade === form.grade) return ok(null)
    await unit.update('experts', expert.id, { grade: form.grade })
    return ok({ before: { grade: expert.grade }, after: { grade: form.grade } })
  })
}
