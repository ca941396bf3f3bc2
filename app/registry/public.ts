export { listExpert, type NewExpert } from '#registry/actions/list_expert'
export { expertOfUser, expertsById, libraryForDraw, presentEmployer } from '#registry/queries/experts'
export type { Employment, Expert, ExpertStatus } from '#registry/models/expert'
export { importExperts } from '#registry/actions/import_experts'
