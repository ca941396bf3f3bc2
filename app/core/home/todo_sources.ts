import type { Actor } from '#core/actor'

/** One thing that waits for a person. `kind` and `params` are worded by the page. */
export interface TodoItem {
  readonly id: string
  readonly kind: string
  readonly params: Record<string, unknown>
  readonly href: string
  readonly dueAt: string | null
}

type TodoSource = (actor: Actor) => Promise<TodoItem[]>
const sources: TodoSource[] = []

/** Each module adds what it asks of whom; nobody else's page knows its tables. */
export function addTodoSource(source: TodoSource): void {
  sources.push(source)
}

const URGENT_MS = 48 * 3_600_000

/** What waits for this person now, the most pressing first. */
export async function todoFor(actor: Actor, now: Date): Promise<(TodoItem & { urgent: boolean })[]> {
  const lists = await Promise.all(sources.map((source) => source(actor)))
  return lists
    .flat()
    .sort((a, b) => (a.dueAt ?? '9999').localeCompare(b.dueAt ?? '9999') || a.id.localeCompare(b.id))
    .map((item) => ({
      ...item,
      urgent: item.dueAt !== null && Date.parse(item.dueAt) - now.getTime() <= URGENT_MS,
    }))
}
