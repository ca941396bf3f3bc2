import type { Actor } from '#core/actor'

export interface Subject {
  readonly name: string
  /** The expert's roster number: two people may share a name. */
  readonly serialNumber?: string
  readonly organization?: string
}

type Describe = (actor: Actor) => Promise<Omit<Subject, 'name'>>
let describe: Describe = async () => ({})

/** The library of experts, a later module, says how its people are told apart. */
export function describeSubjects(by: Describe): void {
  describe = by
}

export async function subjectOf(actor: Actor): Promise<Subject> {
  return { name: actor.name, ...(await describe(actor)) }
}
