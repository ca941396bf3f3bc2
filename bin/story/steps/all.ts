import type { Step } from '#bin/story/story'
import { SIGN_IN } from '#bin/story/steps/01_sign_in'
import { PLAN } from '#bin/story/steps/02_plan'
import { APPROVALS } from '#bin/story/steps/03_approvals'
import { DRAW } from '#bin/story/steps/04_draw'
import { PANEL } from '#bin/story/steps/05_panel'

export const STEPS: Step[] = [...SIGN_IN, ...PLAN, ...APPROVALS, ...DRAW, ...PANEL]
