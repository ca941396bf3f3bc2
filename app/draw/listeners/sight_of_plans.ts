import { addSightOfPlans } from '#plans/public'

/** Rules PLAN-6, DRAW-11. Members and alternates see the plan from the moment the panel is confirmed. */
addSightOfPlans((query, actor) => {
  if (actor.kind !== 'expert') return
  query.orWhereRaw(
    `EXISTS (SELECT 1 FROM draw_seats s JOIN draws d ON d.id = s.draw_id
       WHERE d.plan_id = plans.id AND s.user_id = ? AND s.state IN ('PANEL', 'ALTERNATE'))`,
    [actor.userId]
  )
})
