export { listExpert } from '#registry/actions/list_expert'
export {
  expertOfUser,
  expertsById,
  libraryForDraw,
  librarySize,
  presentEmployer,
} from '#registry/queries/experts'
export type { LibraryPart } from '#registry/queries/experts'
export type { Employment, Expert, ExpertStatus, NewExpert } from '#registry/models/expert'
export { importExperts } from '#registry/actions/import_experts'
