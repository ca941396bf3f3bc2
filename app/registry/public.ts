export { listExpert } from '#registry/actions/list_expert'
export { expertOfUser, expertsById, libraryForDraw, presentEmployer } from '#registry/queries/experts'
export type { Employment, Expert, ExpertStatus, NewExpert } from '#registry/models/expert'
export { importExperts } from '#registry/actions/import_experts'
