import type { Step } from '#bin/story/story'
import { SIGN_IN } from '#bin/story/steps/01_sign_in'
import { PLAN } from '#bin/story/steps/02_plan'
import { APPROVALS } from '#bin/story/steps/03_approvals'
import { DRAW } from '#bin/story/steps/04_draw'
import { PANEL } from '#bin/story/steps/05_panel'
import { PRE_REVIEW } from '#bin/story/steps/06_pre_review'
import { MEETING } from '#bin/story/steps/07_meeting'
import { DELIBERATION } from '#bin/story/steps/08_deliberation'
import { REPORT } from '#bin/story/steps/09_report'
import { REVISION } from '#bin/story/steps/11_revision'
import { SUPERVISION } from '#bin/story/steps/13_supervision'
import { LEFT } from '#bin/story/steps/14_left'

export const STEPS: Step[] = [
  ...SIGN_IN,
  ...PLAN,
  ...APPROVALS,
  ...DRAW,
  ...PANEL,
  ...PRE_REVIEW,
  ...MEETING,
  ...DELIBERATION,
  ...REPORT,
  ...REVISION,
  ...SUPERVISION,
  ...LEFT,
]
