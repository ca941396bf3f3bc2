import db from '@adonisjs/lucid/services/db'
import { regulation } from '#core/jurisdiction'
import type { Review } from '#reviews/public'
import { riskOf } from '#draw/domain/grade_fits_the_risk'
import { quotasOf } from '#draw/domain/draw_rules_follow_from_the_regulation'
import { mainSpecialtyCode } from '#draw/domain/pool_follows_from_the_library'
import { specialtiesOf, tagsOf } from '#draw/domain/tags_follow_from_the_works'
import { drawVocabulary } from '#draw/queries/vocabulary'
import type { PlanFacts } from '#draw/plan_facts'

/** What the rules will draw by, before anyone has pressed the button. The pool itself is not shown: it is not fixed yet. */
export async function drawPreview(review: Review, plan: PlanFacts) {
  const inForce = await regulation()
  const tags = tagsOf(plan.works, inForce)
  const main = mainSpecialtyCode(tags)
  const library = await db.from('experts').where('status', 'listed').count('* as n').first()
  return {
    vocabulary: drawVocabulary(inForce),
    review: { id: review.id, number: review.number, state: review.state, round: review.round },
    plan: {
      number: plan.number,
      name: plan.name,
      projectName: plan.projectName,
      place: plan.place,
      organiser: plan.organiser.name,
      agency: plan.agency?.name ?? null,
    },
    tags,
    quotas: quotasOf(tags, inForce).sort(
      (a, b) => Number(b.specialty === main) - Number(a.specialty === main)
    ),
    maxPerEmployer: inForce.values['draw.maximum_per_employer'].value,
    widening: inForce.draw_widening.map(({ code, cities, specialties }) => {
      const wanted = specialtiesOf(tags)
      const near = specialties.filter(({ of }) => wanted.includes(of)).flatMap((one) => one.near)
      return { step: code, cities, specialties: [...new Set(near)].filter((one) => !wanted.includes(one)) }
    }),
    grades: riskOf(plan.works, inForce).grades,
    listed: Number(library.n),
    pushed: inForce.values['draw.pushed'].value,
    recentEmployerYears: inForce.values['draw.recent_employer_years'].value,
    reviewsPerMonth: inForce.values['draw.reviews_per_month'].value,
  }
}
