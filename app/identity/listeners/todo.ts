import { addTodoSource } from '#core/home/todo_sources'
import { officeCapacities } from '#identity/queries/office_capacities'

/** Rule ORG-4: security administration confirms who holds an office capacity. */
addTodoSource(async (actor) => {
  if (actor.kind !== 'security_admin') return []
  const open = (await officeCapacities(actor)).filter((one) => one.mine && !one.confirmed)
  if (open.length === 0) return []
  const params = { count: open.length, name: open[0]!.name }
  return [{ id: 'capacities/confirm', kind: 'capacities.confirm', params, href: '/capacities', dueAt: null }]
})
