export { listExpert } from '#registry/actions/list_expert'
export {
  expertOfUser,
  expertsById,
  libraryForDraw,
  librarySize,
  specialtiesHeldBefore,
  presentEmployer,
} from '#registry/queries/experts'
export { provideMonthLoad } from '#registry/hooks/month_load'
export { groupsOn } from '#registry/queries/groups'
export { effectiveCap } from '#registry/domain/monthly_cap'
export { foundGroup, joinGroup } from '#registry/actions/keep_groups'
export type { LibraryPart } from '#registry/queries/experts'
export type { Employment, Expert, ExpertStatus, NewExpert } from '#registry/models/expert'
export { importExperts } from '#registry/actions/import_experts'
