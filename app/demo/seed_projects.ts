import { giveFeedback } from '#messages/public'
import { actingAs } from '#demo/acting_as'
import type { DemoClock } from '#demo/demo_clock'
import { seedDraw, seedInvitations, seedOwnPlan, seedPanel } from '#demo/seed_draw'
import { handInOpinions, holdMeeting, meetingOf } from '#demo/seed_meeting'
import { seedPlan, type SeededPlan } from '#demo/seed_plan'
import { certifySeeded, signSeeded } from '#demo/seed_report'
import type { Demo } from '../../resources/demo/load_demo.js'

/** Reviews whose draws are older than their meetings by the two days that the experts read. */
const DRAWN_DAYS_AGO = 6
const FEEDBACK = [
  {
    mobile: '19900000003',
    kind: 'supervising_engineer',
    text: '审查页能否把上一版和本版并排显示？逐页翻两个窗口容易看漏。',
  },
  { mobile: '19900000004', kind: 'agency', text: '建议论证会通知可以一次打印给所有参会单位。' },
] as const
/** DRAW-6: submitted again under another name; whether it is the same plan waits for the centre. */
const RENAMED = { name: '旧热电厂烟囱爆破拆除工程专项施工方案（调整）', part: '2 号烟囱' }
const AGENCIES = ['明正工程技术咨询有限公司', '正言工程咨询有限公司'] as const

/** Projects at the points where somebody has something to do. Needs the witness, as every draw does. */
export async function seedProjects(demo: Demo, clock: DemoClock): Promise<void> {
  await clock.goTo(DRAWN_DAYS_AGO, '09:00')
  const panels = new Panels(demo)
  await panels.prepare('wuxianghu-a07', 'wenti-gaozhimo', 'gangwugai-tisheng')
  const pit = await panels.confirmed('wuxianghu-a07', clock.instant(2, '14:30'))
  const formwork = await panels.confirmed('wenti-gaozhimo', clock.instant(3, '09:00'))
  const roof = await panels.confirmed('gangwugai-tisheng', clock.instant(1, '09:00'))
  await clock.goTo(DRAWN_DAYS_AGO - 2, '16:00')
  const [pitMeeting, formworkMeeting, roofMeeting] = [
    await meetingOf(demo, pit),
    await meetingOf(demo, formwork),
    await meetingOf(demo, roof),
  ]
  for (const meeting of [pitMeeting, formworkMeeting, roofMeeting]) await handInOpinions(meeting)
  await clock.goTo(3, '09:00')
  await holdMeeting(demo, formworkMeeting, clock, { photographs: false })
  await clock.goTo(2, '14:30')
  await holdMeeting(demo, pitMeeting, clock, { photographs: true })
  await certifySeeded(pitMeeting)
  await signSeeded(pitMeeting, pitMeeting.members.length)
  await clock.goTo(1, '09:00')
  await holdMeeting(demo, roofMeeting, clock, { photographs: false })
  await certifySeeded(roofMeeting)
  await signSeeded(roofMeeting, 2)
  await clock.backToNow()
  await seedWaiting(demo, panels, clock.instant(-7, '09:30'))
}

/** What has not come as far as a meeting. */
async function seedWaiting(demo: Demo, panels: Panels, inAWeek: Date): Promise<void> {
  await Promise.all([
    panels.prepare('huancheng-dingguan', 'yancong-chaichu'),
    seedPlan(demo, 'xuantiao-200', 'submitted', { agency: AGENCIES[0] }),
    seedPlan(demo, 'wakong-160', 'reviewed', { agency: AGENCIES[1] }),
    seedPlan(demo, 'luodi-240', 'handed_over'),
    seedPlan(demo, 'wakong-155', 'handed_over', { bySubcontractor: true }),
    seedPlan(demo, 'taji-anzhuang', 'contractor_reviewed'),
    seedPlan(demo, 'xuantiao-198', 'contractor_reviewed'),
  ])
  await panels.confirmed('yancong-chaichu', inAWeek)
  await panels.confirmed('huancheng-dingguan', inAWeek)
  await panels.inviting('wuxianghu-a07', '二期', inAWeek)
  await seedPlan(demo, 'yancong-chaichu', 'submitted', { renamed: RENAMED })
  await seedFeedback()
}

/** ORG-5: two of those who use the product have said something about it. */
async function seedFeedback(): Promise<void> {
  for (const { mobile, kind, text } of FEEDBACK) await giveFeedback(await actingAs(mobile, kind), text)
}

/** Draws and what follows from them; the quotas make sure that every ten can form a panel. */
class Panels {
  readonly #demo: Demo
  readonly #prepared = new Map<string, SeededPlan>()

  constructor(demo: Demo) {
    this.#demo = demo
  }

  /** Plans that will be drawn for, side by side: most of their time is that of the check of their files. */
  async prepare(...keys: string[]): Promise<void> {
    const plans = await Promise.all(keys.map((key) => seedPlan(this.#demo, key, 'submitted')))
    for (const [index, key] of keys.entries()) this.#prepared.set(key, plans[index]!)
  }

  async confirmed(key: string, meetingAt: Date): Promise<SeededPlan> {
    const plan = this.#prepared.get(key)!
    await seedPanel(plan, await seedDraw(plan), meetingAt)
    return plan
  }

  /** Another part of the same works, whose experts have been asked and are answering. */
  async inviting(key: string, part: string, meetingAt: Date): Promise<void> {
    const plan = await seedPlan(this.#demo, key, 'submitted', { part })
    await seedOwnPlan(plan)
    await seedInvitations(plan, await seedDraw(plan), meetingAt)
  }
}
