import type { Component } from 'svelte'
import Archive from '@lucide/svelte/icons/archive'
import Bell from '@lucide/svelte/icons/bell'
import FileText from '@lucide/svelte/icons/file-text'
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard'
import LayoutList from '@lucide/svelte/icons/layout-list'
import SquarePlay from '@lucide/svelte/icons/square-play'
import Sun from '@lucide/svelte/icons/sun'
import ListChecks from '@lucide/svelte/icons/list-checks'
import MailQuestionMark from '@lucide/svelte/icons/mail-question-mark'
import MessageSquareText from '@lucide/svelte/icons/message-square-text'
import ScrollText from '@lucide/svelte/icons/scroll-text'
import UserRoundCheck from '@lucide/svelte/icons/user-round-check'
import BookUser from '@lucide/svelte/icons/book-user'
import Ruler from '@lucide/svelte/icons/ruler'
import UsersRound from '@lucide/svelte/icons/users-round'
import UserRound from '@lucide/svelte/icons/user-round'
import { m } from '#paraglide/messages.js'
import type { CapacityKind } from '../session/session.svelte.ts'

export interface NavigationItem {
  href: string
  /** Names the item in counts. */
  key: string
  label: () => string
  icon: Component<any>
  capacities: readonly CapacityKind[] | 'all'
  /** One of the tabs at the foot of a phone; the first four count. */
  phone: boolean
}

const firms: readonly CapacityKind[] = [
  'organiser',
  'technical_head',
  'supervising_engineer',
  'owner',
  'designer',
  'surveyor',
  'agency',
]
const offices: readonly CapacityKind[] = ['centre', 'authority', 'system_admin', 'security_admin', 'auditor']

/** In the order of the rail. An item is added together with its page. */
export const navigation: readonly NavigationItem[] = [
  { href: '/home', key: 'home', label: m.nav_today, icon: Sun, capacities: ['expert'], phone: true },
  { href: '/home', key: 'home', label: m.nav_todo, icon: LayoutList, capacities: firms, phone: true },
  {
    href: '/home',
    key: 'home',
    label: m.nav_overview,
    icon: LayoutDashboard,
    capacities: offices,
    phone: true,
  },
  {
    href: '/plans',
    key: 'plans',
    label: m.nav_plans,
    icon: FileText,
    capacities: [...firms, 'centre', 'authority'],
    phone: true,
  },
  {
    href: '/draws',
    key: 'draws',
    label: m.nav_draws,
    icon: Ruler,
    capacities: ['organiser', 'agency'],
    phone: true,
  },
  {
    href: '/draws',
    key: 'draws',
    label: m.nav_draws_office,
    icon: Ruler,
    capacities: ['centre', 'authority', 'auditor'],
    phone: true,
  },
  {
    href: '/invitations',
    key: 'invitations',
    label: m.nav_invitations,
    icon: MailQuestionMark,
    capacities: ['expert'],
    phone: true,
  },
  {
    href: '/reviews',
    key: 'reviews',
    label: m.nav_my_reviews,
    icon: UsersRound,
    capacities: ['expert'],
    phone: true,
  },
  {
    href: '/reviews',
    key: 'reviews',
    label: m.nav_reviews,
    icon: UsersRound,
    capacities: [...firms, 'centre', 'authority'],
    phone: true,
  },
  {
    href: '/record',
    key: 'record',
    label: m.nav_record,
    icon: Archive,
    capacities: ['expert'],
    phone: true,
  },
  {
    href: '/library',
    key: 'library',
    label: m.nav_library,
    icon: BookUser,
    capacities: ['centre', 'authority', 'auditor'],
    phone: true,
  },
  {
    href: '/revisions',
    key: 'revisions',
    label: m.nav_revisions,
    icon: ListChecks,
    capacities: firms,
    phone: true,
  },
  {
    href: '/supervision',
    key: 'supervision',
    label: m.nav_supervision,
    icon: SquarePlay,
    capacities: ['centre', 'authority'],
    phone: true,
  },
  {
    href: '/ledger',
    key: 'ledger',
    label: m.nav_ledger,
    icon: ScrollText,
    capacities: ['centre', 'authority', 'auditor'],
    phone: true,
  },
  {
    href: '/capacities',
    key: 'capacities',
    label: m.nav_capacities,
    icon: UserRoundCheck,
    capacities: ['security_admin'],
    phone: true,
  },
  {
    href: '/feedback',
    key: 'feedback',
    label: m.nav_feedback,
    icon: MessageSquareText,
    capacities: ['system_admin'],
    phone: true,
  },
  { href: '/messages', key: 'messages', label: m.nav_messages, icon: Bell, capacities: 'all', phone: true },
  { href: '/account', key: 'account', label: m.nav_account, icon: UserRound, capacities: 'all', phone: true },
]

/** The items of one capacity; a person without any still has the common ones. */
export function navigationFor(kind: CapacityKind | undefined): NavigationItem[] {
  return navigation.filter(
    (item) => item.capacities === 'all' || (kind !== undefined && item.capacities.includes(kind))
  )
}

/** The item whose page, or a page below it, is open: the longest address that fits. */
export function currentItem(items: readonly NavigationItem[], path: string): NavigationItem | undefined {
  return items
    .filter((item) => path === item.href || path.startsWith(`${item.href}/`))
    .sort((one, other) => other.href.length - one.href.length)[0]
}
