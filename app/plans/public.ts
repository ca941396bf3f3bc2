export {
  addSightOfPlans,
  hostOf,
  mayEdit,
  visiblePlans,
  type SightOfPlans,
} from '#plans/policies/visible_plans'
export { latestVersion, planForDraw, submittedVersion, type PlanForDraw } from '#plans/queries/plan_for_draw'
export {
  approvalsOf,
  checksOf,
  lockPlan,
  partiesOf,
  planFor,
  versionFor,
  versionsOf,
  worksOf,
} from '#plans/queries/load_plan'
export { compareVersions, pagesOf } from '#plans/queries/compare_versions'
export { siteStatus, type SiteStatus } from '#plans/queries/site_status'
export { addVersion as createRevisionVersion, type CheckedPlanFile } from '#plans/actions/add_version'
export { handOver as handOverRevision } from '#plans/actions/hand_over_version'
export { putCheck } from '#plans/actions/change_content'
export { createPlan } from '#plans/actions/create_plan'
export { changePlanData } from '#plans/actions/change_plan'
export { changeParties } from '#plans/actions/change_parties'
export { changeContent } from '#plans/actions/change_content'
export { handOverVersion } from '#plans/actions/hand_over_version'
export { decideApproval } from '#plans/actions/decide_approval'
export { organiseReview } from '#plans/actions/organise_review'
export { submitForReview } from '#plans/actions/submit_for_review'
export { takeInFile } from '#plans/actions/take_in_file'
export { takeInLetter } from '#plans/actions/take_in_letter'
export { assessPlan, assessAll } from '#plans/domain/assess_all'
export { defectGroupsFor, selfCheckFaults, type Tick } from '#plans/domain/severe_defect_stops_the_next_step'
export { drawingsFor } from '#plans/domain/plan_has_its_chapters_and_drawings'
export type { ApprovalRow, PartyRow, PlanRow, VersionRow, Work, WorkRow } from '#plans/models/rows'
