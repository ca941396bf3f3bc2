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

const SHOWN_TASKS = 3
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
  const experts = (await expertsInReviews()).filter((row) => !known.has(row.id))
  const [staff, drawn] = [await signIns(placed), await signIns(experts)]
  const busy = [...drawn, ...staff.filter(isExpert)].filter(({ todoCount }) => todoCount > 0)
  const people = [...fewOfEachKind(busy), ...staff.filter((one) => !isExpert(one) && one.todoCount > 0)]
  return { people, waiting: staff.filter(({ todoCount }) => todoCount === 0) }
}

const kindOf = ({ capacities }: DemoSignIn): CapacityKind | undefined => capacities[0]?.kind
const isExpert = (one: DemoSignIn) => kindOf(one) === 'expert'

/** Of one draw's invited and of one panel no more than these are asked what waits for them. */
const LOOKED_AT = 4

/** Some experts of each review that is under way: invited, or seated, the leader first. */
async function expertsInReviews(): Promise<{ id: string }[]> {
  const { rows } = await db.rawQuery(
    `WITH invited AS (
       SELECT s.user_id, row_number() OVER (PARTITION BY s.draw_id ORDER BY s.seat) AS place
       FROM draw_seats s WHERE s.state = 'INVITED'
     ), seated AS (
       SELECT t.user_id, row_number() OVER (
           PARTITION BY t.review_id ORDER BY t.role = 'leader' DESC, signed.id IS NULL DESC, t.letter
         ) AS place
       FROM session_seats t JOIN reviews r ON r.id = t.review_id
         LEFT JOIN reports p ON p.review_id = r.id
         LEFT JOIN report_members m ON m.report_id = p.id AND m.user_id = t.user_id
         LEFT JOIN report_revisions signed ON signed.member_id = m.id
       WHERE t.left_at IS NULL AND r.state NOT IN ('CLOSED', 'VOIDED', 'CANCELLED', 'IMPLEMENTABLE')
     )
     SELECT u.* FROM users u WHERE u.id IN (
       SELECT user_id FROM invited WHERE place <= :most UNION SELECT user_id FROM seated WHERE place <= :most
     ) ORDER BY u.id`,
    { most: LOOKED_AT }
  )
  return rows
}

/** A few at once: each asks for a first page of its own. */
const AT_ONCE = 4

async function signIns(rows: readonly any[]): Promise<DemoSignIn[]> {
  const all: DemoSignIn[] = []
  for (let from = 0; from < rows.length; from += AT_ONCE)
    all.push(...(await Promise.all(rows.slice(from, from + AT_ONCE).map(signInOf))))
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
    todo: todo.slice(0, SHOWN_TASKS),
    todoCount: todo.length,
  }
}

/** The present code of a demo member of staff; null for who has no second factor. */
export function codeOf(row: { totp_secret_encrypted: string | null }): string | null {
  return row.totp_secret_encrypted ? generateSync({ secret: unseal(row.totp_secret_encrypted) }) : null
}

/** In the order of a review's life; what is not named comes last. */
const LIFE = [
  'invitation.answer',
  'opinions.hand_in',
  'meeting.is_on',
  'report_to_write',
  'report_to_sign',
  'revision_check',
]
function placeInLife({ todo }: DemoSignIn): number {
  const place = LIFE.indexOf(todo[0]!.kind)
  return place < 0 ? LIFE.length : place
}

/** Of those who have the same to do a few show enough. */
function fewOfEachKind(experts: readonly DemoSignIn[]): DemoSignIn[] {
  const seen = new Map<string, number>()
  return experts
    .toSorted((one, other) => placeInLife(one) - placeInLife(other))
    .filter(({ todo }) => {
      const count = (seen.get(todo[0]!.kind) ?? 0) + 1
      seen.set(todo[0]!.kind, count)
      return count <= EXPERTS_EACH
    })
}
