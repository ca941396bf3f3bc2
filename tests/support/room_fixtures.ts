import type { OpinionFields } from '#lib/room/words'
import { RoomClient } from '#tests/support/room_client'
import type { SeatedReview } from '#tests/support/room_life'
import type { Person } from '#tests/support/person'

/** An opinion that MEET-5 has nothing to say about. */
export function opinion(fields: Partial<OpinionFields> = {}): OpinionFields {
  return {
    page: 1,
    region: { x: 0.1, y: 0.2, w: 0.3, h: 0.15 },
    place: '4.6.3',
    finding: '拆撑条件不明确',
    basis: 'JGJ 120-2012 第4.1.2条',
    requirement: '补充各道支撑拆除时的结构混凝土强度值及换撑节点详图',
    kind: 'must_fix',
    defect: null,
    chapter: 'technique',
    ...fields,
  }
}

/** A person in the meeting, consent given. */
export async function enter(person: Person, reviewId: string): Promise<RoomClient> {
  await person.post(`/api/sessions/${reviewId}/consent`, { agreed: true })
  const client = new RoomClient(person, reviewId)
  const joined = await client.join(true)
  if (!joined.ok) throw new Error(`entering: ${JSON.stringify(joined.error)}`)
  return client
}

/** Waits until something about a client comes true. */
export async function soon(isTrue: () => boolean, what: string, seconds = 20): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!isTrue()) {
    if (performance.now() > end) throw new Error(`${what} did not come true`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** given: the five members are in the room, opinions handed in and revealed, at the step of the questions. */
export async function openedMeeting(review: SeatedReview): Promise<RoomClient[]> {
  const members: RoomClient[] = []
  for (const { person } of review.panel.slice(0, 5)) members.push(await enter(person, review.reviewId))
  for (const client of members) {
    const opinionId = crypto.randomUUID()
    await client.must('opinion.save', { opinionId, fields: opinion() })
    await client.must('opinion.submit', { opinionIds: [opinionId] })
  }
  const [leader] = members as [RoomClient, ...RoomClient[]]
  await leader.must('meeting.open', {})
  for (const stage of ['introduction', 'presentation', 'questions'] as const)
    await leader.must('stage.set', { stage })
  await soon(
    () =>
      members.every(
        (client) =>
          client.state('room').stage === 'questions' &&
          Object.keys(client.state('panel').opinions).length === 5
      ),
    'the opened meeting'
  )
  return members
}
