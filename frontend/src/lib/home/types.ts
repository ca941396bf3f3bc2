export interface TodoItem {
  id: string
  kind: string
  params: Record<string, unknown>
  href: string
  /** ISO instant. */
  dueAt: string | null
  urgent?: boolean
}

export interface Notice {
  id: string
  kind: string
  params: Record<string, unknown>
  href: string | null
  at: string
  read: boolean
}

export interface HomeAnswer {
  now: string
  todo: TodoItem[]
  recent: Notice[]
  unread: number
}
