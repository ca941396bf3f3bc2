import { m } from '#paraglide/messages.js'
import type { Capacity, CapacityKind } from '../session/session.svelte.ts'

const kinds: Record<CapacityKind, () => string> = {
  expert: m.capacity_expert,
  organiser: m.capacity_organiser,
  technical_head: m.capacity_technical_head,
  supervising_engineer: m.capacity_supervising_engineer,
  owner: m.capacity_owner,
  designer: m.capacity_designer,
  surveyor: m.capacity_surveyor,
  agency: m.capacity_agency,
  centre: m.capacity_centre,
  authority: m.capacity_authority,
  system_admin: m.capacity_system_admin,
  security_admin: m.capacity_security_admin,
  auditor: m.capacity_auditor,
}

/** 专家, 监理; a kind this build does not know is shown as its code. */
export function capacityKindText(kind: string): string {
  return kinds[kind as CapacityKind]?.() ?? kind
}

/** 企业端 · 岭秀建工集团, below the wordmark: which entrance one came in by. */
export function frameText(capacity: Capacity): string {
  if (capacity.kind === 'expert') return m.frame_expert()
  if (capacity.kind !== 'organiser') return capacityText(capacity)
  return [m.frame_organiser(), capacity.organisation?.name].filter(Boolean).join(' · ')
}

/** 组织单位 · 岭秀建工集团. */
export function capacityText(capacity: Capacity): string {
  const kind = capacityKindText(capacity.kind)
  return capacity.organisation ? `${kind} · ${capacity.organisation.name}` : kind
}

/** 组织单位 · 岭秀建工集团 · 项目技术员; a title that only repeats the kind is left out. */
export function capacityWithTitle(capacity: Capacity): string {
  const { title, kind } = capacity
  const text = capacityText(capacity)
  return title && title !== capacityKindText(kind) ? `${text} · ${title}` : text
}
