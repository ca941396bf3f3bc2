/** Pure rules that rules of later modules build on; `public.ts` is for everything that does something. */
export { planKeyInputs, type PlanKeyError } from '#plans/domain/plan_key_inputs'
