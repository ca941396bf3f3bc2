import { m } from '#paraglide/messages.js'
import type { Capacity, CapacityKind } from '../session/session.svelte.ts'
import type { TodoItem } from '../home/types.ts'

export interface DemoPerson {
  name: string
  mobile: string
  capacities: Capacity[]
  totp: string | null
  /** The first things that wait for them. */
  todo: TodoItem[]
  todoCount: number
}

export interface DemoAnswer {
  password: string
  people: DemoPerson[]
  waiting: DemoPerson[]
  /** What anybody may look at; null while the demonstration has none. */
  open: { report: string | null; site: string | null; draw: string | null }
}

const GROUPS: readonly { title: () => string; kinds: readonly CapacityKind[] }[] = [
  { title: m.demo_group_experts, kinds: ['expert'] },
  { title: m.demo_group_contractors, kinds: ['organiser', 'technical_head'] },
  { title: m.demo_group_agencies, kinds: ['agency'] },
  { title: m.demo_group_parties, kinds: ['supervising_engineer', 'owner', 'designer', 'surveyor'] },
  { title: m.demo_group_centre, kinds: ['centre'] },
  { title: m.demo_group_authority, kinds: ['authority'] },
  { title: m.demo_group_administration, kinds: ['system_admin', 'security_admin', 'auditor'] },
]

/** By role, in the order of the groups and of the kinds within; a group without anybody is left out. */
export function demoGroups(people: readonly DemoPerson[]): { title: string; people: DemoPerson[] }[] {
  return GROUPS.map(({ title, kinds }) => ({
    title: title(),
    people: kinds.flatMap((kind) => people.filter((one) => one.capacities[0]?.kind === kind)),
  })).filter((group) => group.people.length > 0)
}
