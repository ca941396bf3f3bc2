import type { Phase } from './phases_follow_in_order.ts'

export const SESSION_ROLES = [
  'leader',
  'expert',
  'alternate',
  'scribe',
  'supervisor',
  'host',
  'party',
] as const
export type SessionRole = (typeof SESSION_ROLES)[number]
export type View = 'presence' | 'video' | 'plan' | 'chat' | 'opinions' | 'items'
export type Act = 'speak' | 'present' | 'write_opinion' | 'edit_item' | 'confirm' | 'vote' | 'admit'

const NOTHING: readonly View[] = []
const OPEN: readonly View[] = ['presence', 'video', 'plan', 'chat']
const PANEL: readonly View[] = ['presence', 'video', 'plan', 'chat', 'opinions', 'items']

/**
 * Rule MEET-7, SEC-2. What a role may see in a phase. Parties, the host (organiser or agency) among them,
 * see plan, video and presence, never the opinions, and nothing at all while the panel deliberates in
 * private. One scribe stays with the leader's consent. `opinions` means those already revealed: a sealed
 * one is its author's alone. A supervisor may sit in throughout and is shown to everyone.
 */
export function viewsOf(role: SessionRole, phase: Phase, scribeConsented: boolean): readonly View[] {
  if (role === 'party' || role === 'host') return phase === 'DELIBERATION' ? NOTHING : OPEN
  if (role === 'scribe' && phase === 'DELIBERATION' && !scribeConsented) return NOTHING
  return phase === 'SIGN_IN' && role !== 'leader' && role !== 'expert' ? OPEN : PANEL
}

/** Rule MEET-7. What a role may do: a scribe types on the leader's behalf, and neither confirms nor votes. */
export function mayAct(role: SessionRole, act: Act, phase: Phase, scribeConsented: boolean): boolean {
  if (viewsOf(role, phase, scribeConsented).length === 0) return false
  return ACTS[role].includes(act)
}

const ACTS: Readonly<Record<SessionRole, readonly Act[]>> = {
  leader: ['speak', 'present', 'write_opinion', 'edit_item', 'confirm', 'vote', 'admit'],
  expert: ['speak', 'present', 'write_opinion', 'edit_item', 'confirm', 'vote'],
  alternate: ['speak', 'write_opinion'],
  scribe: ['edit_item'],
  supervisor: [],
  host: ['speak', 'present', 'admit'],
  party: ['speak', 'present'],
}
