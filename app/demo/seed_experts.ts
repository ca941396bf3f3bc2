import db from '@adonisjs/lucid/services/db'
import hash from '@adonisjs/core/services/hash'
import { SYSTEM_ACTOR } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { regulation } from '#core/jurisdiction'
import { addDays, civilDay } from '#core/regulation/calendar'
import { record, type UnitOfWork } from '#ledger/public'
import { must } from '#demo/acting_as'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'
import { listExpert } from '#registry/public'
import { recordEarlierService } from '#draw/public'
import type { Demo, DemoExpert } from '../../resources/demo/load_demo.js'

/** The library of the demonstration, with those in it who are there to show a rule. */
export async function seedExperts(demo: Demo): Promise<void> {
  const { utc_offset_minutes, values } = await regulation()
  const today = civilDay(businessNow(), utc_offset_minutes)
  // One hash for all: a hundred and more of these are costly, and the password is the same.
  const passwordHash = await hash.make(DEMO_PASSWORD)
  await record(SYSTEM_ACTOR, async (unit) => {
    for (const expert of demo.experts) {
      const id = await seedExpert(unit, expert, today, values['draw.reviews_per_month'].value)
      const { user_id: userId } = await unit.trx.from('experts').where('id', id).firstOrFail()
      await unit.trx.from('users').where('id', userId).update({ password_hash: passwordHash })
      await seedService(unit, demo, expert, id, today)
    }
  })
}

async function seedExpert(
  unit: UnitOfWork,
  expert: DemoExpert,
  today: string,
  monthlyCap: number
): Promise<string> {
  const days = ({ from, until }: { from: number; until: number }) => ({
    from: addDays(today, from),
    until: addDays(today, until),
  })
  const term = days(expert.term_days)
  const leave = expert.leave_days && days(expert.leave_days)
  return listExpert(unit, {
    name: expert.name,
    mobile: expert.mobile,
    rosterNo: expert.roster_no,
    status: expert.status,
    grade: expert.grade,
    title: expert.title,
    position: expert.position,
    certificateNo: expert.certificate_no,
    specialties: expert.specialties,
    methodTags: expert.methods,
    categories: [],
    termFrom: term.from,
    termUntil: term.until,
    monthlyCap,
    birthYear: expert.birth_year,
    leaves: leave ? [leave] : [],
    employments: expert.employments.map((one) => ({
      employer: one.employer,
      from: one.from,
      until: one.until_days === null ? null : addDays(today, one.until_days),
      retiredFrom: one.retired_from,
    })),
  })
}

/** Reviews that somebody served in before this system: of this month, and of a plan of the demonstration. */
async function seedService(
  unit: UnitOfWork,
  demo: Demo,
  expert: DemoExpert,
  expertId: string,
  today: string
): Promise<void> {
  const elsewhere = demo.plans.find((plan) => plan.key !== expert.earlier_review?.plan)!
  for (let n = 0; n < expert.reviews_this_month; n++) {
    const plan = {
      permit: `${elsewhere.permit_code}-EARLIER-${n}`,
      part: elsewhere.part,
      categories: elsewhere.works.map(({ category }) => category),
    }
    await seedEarlier(unit, {
      expertId,
      plan,
      organiserId: await organisationNamed(elsewhere.parties.general_contractor!),
      agencyId: null,
      meetingDay: today,
    })
  }
  if (!expert.earlier_review) return
  const { plan: key, organiser, agency } = expert.earlier_review
  const plan = demo.plans.find((one) => one.key === key)!
  await seedEarlier(unit, {
    expertId,
    plan: {
      permit: plan.permit_code,
      part: plan.part,
      categories: plan.works.map(({ category }) => category),
    },
    organiserId: await organisationNamed(organiser),
    agencyId: agency === null ? null : await organisationNamed(agency),
    meetingDay: addDays(today, -200),
  })
}

async function seedEarlier(unit: UnitOfWork, service: Parameters<typeof recordEarlierService>[1]) {
  must('earlier service', await recordEarlierService(unit, service))
}

async function organisationNamed(name: string): Promise<string> {
  const row = await db.from('organisations').where('name', name).firstOrFail()
  return row.id
}
