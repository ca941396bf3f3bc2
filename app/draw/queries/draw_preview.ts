import db from '@adonisjs/lucid/services/db'
import { regulation } from '#core/jurisdiction'
import type { Review } from '#reviews/public'
import { riskOf } from '#draw/domain/grade_fits_the_risk'
import { tagsOf } from '#draw/domain/tags_follow_from_the_works'
import { drawVocabulary } from '#draw/queries/vocabulary'
import type { PlanFacts } from '#draw/plan_facts'

/** What the rules will draw by, before anyone has pressed the button. The pool itself is not shown: it is not fixed yet. */
export async function drawPreview(review: Review, plan: PlanFacts) {
  const inForce = await regulation()
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
    tags: tagsOf(plan.works, inForce),
    grades: riskOf(plan.works, inForce).grades,
    listed: Number(library.n),
    pushed: inForce.values['draw.pushed'].value,
    recentEmployerYears: inForce.values['draw.recent_employer_years'].value,
    reviewsPerMonth: inForce.values['draw.reviews_per_month'].value,
  }
}
