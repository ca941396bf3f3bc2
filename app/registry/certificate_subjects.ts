import { describeSubjects } from '#pki/public'
import { expertOfUser, presentEmployer } from '#registry/queries/experts'

describeSubjects(async (actor) => {
  const expert = await expertOfUser(actor.userId)
  if (!expert) return {}
  return { serialNumber: expert.rosterNo, organization: presentEmployer(expert)?.name }
})
