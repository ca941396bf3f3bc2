import { regulation } from '#core/jurisdiction'
import { civilDay } from '#core/regulation/calendar'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { exclusionsOf } from '#draw/domain/exclusions'
import { admissionOf } from '#draw/domain/a_pool_widens_by_the_rules'
import { matchOf } from '#draw/domain/expert_matches_the_plan'
import type { Candidate } from '#draw/domain/panel_is_valid'
import { tagsOf } from '#draw/domain/tags_follow_from_the_works'
import type { DrawRow, SeatRow } from '#draw/models/draw'
import { planFacts } from '#draw/plan_facts'
import { libraryFacts } from '#draw/queries/library_facts'

export const ACCEPTED: readonly string[] = ['ACCEPTED', 'PANEL', 'ALTERNATE']

/**
 * The places of a draw as the panel's rules see them today, by place id: parties that were named since, a
 * suspension or a term that ends before the meeting count (PLAN-5).
 */
export async function panelCandidates(
  trx: TransactionClientContract,
  draw: DrawRow,
  seats: readonly SeatRow[]
): Promise<Map<string, Candidate>> {
  const inForce = await regulation()
  const plan = await planFacts(draw.plan_id, trx)
  const meetingDay = draw.meeting_at
    ? civilDay(draw.meeting_at, inForce.utc_offset_minutes)
    : draw.meeting_day
  const { experts, draw: facts } = await libraryFacts(
    trx,
    {
      specialties: [],
      ids: seats.map(({ expert_id: id }) => id),
      plan,
      planLine: draw.plan_line,
      meetingDay,
      exceptDraw: draw.id,
    },
    inForce
  )
  const byId = new Map(experts.map((expert) => [expert.id, expert]))
  const tags = tagsOf(plan.works, inForce)
  const taken = (draw.rules.widening ?? []).map(({ step }) => step)
  const steps = inForce.draw_widening.filter(({ code }) => taken.includes(code))
  return new Map(
    seats.map((seat) => {
      const admitted = admissionOf(byId.get(seat.expert_id)!, tags, steps)
      const expert = admitted?.expert ?? byId.get(seat.expert_id)!
      const present = expert.employments.filter(
        ({ from, until, retired_from: retired }) =>
          from <= meetingDay && (retired || until === null || until >= meetingDay)
      )
      return [
        seat.id,
        {
          id: seat.id,
          employer_ids: [...new Set(present.map(({ employer_id }) => employer_id))],
          match: matchOf(expert, tags),
          stands_in: admitted?.standsInWith != null,
          accepted: ACCEPTED.includes(seat.state),
          exclusions: exclusionsOf(expert, facts, inForce),
        },
      ]
    })
  )
}
