import db from '@adonisjs/lucid/services/db'
import { generateSync } from 'otplib'
import type { CapacityKind } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { todoFor, type TodoItem } from '#core/home/todo_sources'
import { unseal } from '#core/secrets'
import { actorFor, capacitiesOf, type Capacity } from '#identity/public'

export interface DemoSignIn {
  readonly name: string
  readonly mobile: string
  readonly capacities: readonly Capacity[]
  readonly totp: string | null
  /** The most pressing first; no more than the page shows. */
  readonly todo: readonly TodoItem[]
  readonly todoCount: number
}

const SHOWN_TODO = 3
/** Of experts who have the same to do, as many as show it. */
const EXPERTS_EACH = 3

/**
 * Who signs in to the demonstration: everybody with something to do, by state and not by name, and apart from
 * them those of the demo's own people who wait for others. Nobody's to-do is invented here: each list is
 * that of the person's own first page.
 */
export async function demoSignIns(): Promise<{ people: DemoSignIn[]; waiting: DemoSignIn[] }> {
  const placed = await db
    .from('demo_people')
    .join('users', 'users.id', 'demo_people.user_id')
    .orderBy('demo_people.position')
    .select('users.*')
  const known = new Set(placed.map((row) => row.id))
  const experts = (await expertsInReviews()).filter((row: { id: string }) => !known.has(row.id))
  const [staff, drawn] = [await signIns(placed), await signIns(experts)]
  const busy = [...drawn, ...staff.filter(isExpert)].filter(({ todoCount }) => todoCount > 0)
  const people = [...fewOfEachKind(busy), ...staff.filter((one) => !isExpert(one) && one.todoCount > 0)]
  return { people, waiting: staff.filter(({ todoCount }) => todoCount === 0) }
}

const kindOf = ({ capacities }: DemoSignIn): CapacityKind | undefined => capacities[0]?.kind
const isExpert = (one: DemoSignIn) => kindOf(one) === 'expert'

/** Experts of reviews that are under way: invited, seated, signing or checking a revision. */
async function expertsInReviews() {
  const { rows } = await db.rawQuery(
    `SELECT u.* FROM users u WHERE u.id IN (
       SELECT s.user_id FROM draw_seats s WHERE s.state = 'INVITED'
       UNION SELECT t.user_id FROM session_seats t JOIN reviews r ON r.id = t.review_id
         WHERE t.left_at IS NULL AND r.state NOT IN ('CLOSED', 'VOIDED', 'CANCELLED', 'IMPLEMENTABLE')
     ) ORDER BY u.id`
  )
  return rows
}

async function signIns(rows: readonly any[]): Promise<DemoSignIn[]> {
  const all: DemoSignIn[] = []
  for (const row of rows) all.push(await signInOf(row))
  return all
}

async function signInOf(row: any): Promise<DemoSignIn> {
  const capacities = await capacitiesOf(row.id)
  const actor = capacities[0] ? await actorFor(row.id, capacities[0].id) : null
  const todo = actor ? await todoFor(actor, businessNow()) : []
  return {
    name: row.name,
    mobile: unseal(row.mobile_encrypted),
    capacities,
    totp: codeOf(row),
    todo: todo.slice(0, SHOWN_TODO),
    todoCount: todo.length,
  }
}

/** The present code of a demo member of staff; null for who has no second factor. */
export function codeOf(row: { totp_secret_encrypted: string | null }): string | null {
  return row.totp_secret_encrypted ? generateSync({ secret: unseal(row.totp_secret_encrypted) }) : null
}

/** What presses most comes first; of one kind for one plan a few show enough. */
function fewOfEachKind(experts: readonly DemoSignIn[]): DemoSignIn[] {
  const seen = new Map<string, number>()
  return experts.filter(({ todo }) => {
    const key = `${todo[0]!.kind}/${String(todo[0]!.params.plan)}`
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return count <= EXPERTS_EACH
  })
}
