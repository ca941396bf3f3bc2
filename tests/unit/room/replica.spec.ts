import { test } from '@japa/runner'
import { foldEvents, receive } from '#lib/room/apply_event'
import type { RoomEvent } from '#lib/room/events'
import { EMPTY } from '#lib/room/state'
import { stateHash } from '#lib/room/state_hash'

const AT = '2026-03-18T06:30:00.000Z'
const event = (seq: number, type: string, data: object) =>
  ({ seq, type, data, at: AT, wall: 0, by: null }) as RoomEvent
const said = (seq: number, text: string) =>
  event(seq, 'chat.said', { messageId: `m${seq}`, userId: 'u', name: '韦国栋', letter: 'A', text })

const FIELDS = {
  page: 58,
  region: null,
  place: '4.6.3',
  finding: '',
  basis: 'JGJ 120',
  requirement: '补',
  kind: 'severe_defect',
  defect: '二.5',
  chapter: null,
}
const revealed = (seq: number, opinionId: string) =>
  event(seq, 'opinion.revealed', { opinionId, seatId: 'b', label: 'B2', fields: FIELDS, submittedAt: AT })
const created = (seq: number, itemId: string, opinionIds: string[], position = 1) =>
  event(seq, 'item.created', {
    itemId,
    position,
    fields: { heading: '', kind: 'must_fix', page: 58, place: '', basis: '', chapter: null },
    defect: null,
    text: '文',
    doc: '',
    opinionIds,
  })

test.group('A client’s replica', () => {
  const start = { channel: 'room' as const, seq: 0, state: EMPTY.room() }

  test('applies last + 1 only: what is known is skipped, a hole is refused', ({ assert }) => {
    const one = receive(start, [said(1, '一')])!
    const two = receive(one, [said(1, '一'), said(2, '二')])!
    assert.equal(two.seq, 2)
    assert.lengthOf(two.state.floor.chat, 2)
    assert.isNull(receive(one, [said(3, '三')]))
    assert.lengthOf(one.state.floor.chat, 1)
  })

  test('however the events are cut into messages, the state is the same', ({ assert }) => {
    const events = [
      said(1, '一'),
      event(2, 'hand.raised', { userId: 'u' }),
      said(3, '三'),
      event(4, 'hand.lowered', { userId: 'u' }),
    ]
    const whole = stateHash(foldEvents('room', events))
    for (let cut = 0; cut <= events.length; cut++) {
      const first = receive(start, events.slice(0, cut))!
      assert.equal(stateHash(receive(first, events)!.state), whole)
    }
    assert.notEqual(stateHash(foldEvents('room', events.slice(0, 3))), whole)
  })

  test('a hash does not depend on the order of keys, and does on every value', ({ assert }) => {
    assert.equal(stateHash({ a: 1, b: [0.1] }), stateHash({ b: [0.1], a: 1 }))
    assert.notEqual(stateHash({ a: '1' }), stateHash({ a: 1 }))
  })
})

test.group('CONC-1, CONC-4: items of the panel’s opinion', () => {
  const base = [revealed(1, 'o1'), revealed(2, 'o2'), created(3, 'i1', ['o1'])]
  const voted = event(4, 'item.voted', {
    itemId: 'i1',
    seatId: 'c',
    vote: 'confirm',
    reason: null,
    revision: 1,
  })

  test('whatever changes an item makes its votes void; moving it does not', ({ assert }) => {
    const changes = [
      event(5, 'item.text', { itemId: 'i1', update: '', text: '改', userId: 'u' }),
      event(5, 'item.set', { itemId: 'i1', set: { basis: 'GB 50497' } }),
      event(5, 'item.sources', { itemId: 'i1', opinionIds: ['o1', 'o2'], kind: 'must_fix', defect: null }),
    ]
    for (const change of changes) {
      const [item] = foldEvents('panel', [...base, voted, change]).items
      assert.isEmpty(item!.votes, change.type)
      assert.equal(item!.revision, 2)
    }
    const moved = foldEvents('panel', [
      ...base,
      created(4, 'i2', ['o2'], 2),
      { ...voted, seq: 5 } as RoomEvent,
      event(6, 'item.moved', { itemId: 'i1', position: 2 }),
    ])
    assert.deepEqual(
      moved.items.map((item) => [item.itemId, Object.keys(item.votes)]),
      [
        ['i2', []],
        ['i1', ['c']],
      ]
    )
  })

  test('each opinion says which item it is in, and is free again when that goes', ({ assert }) => {
    assert.equal(foldEvents('panel', base).opinions.o1!.itemId, 'i1')
    assert.isNull(
      foldEvents('panel', [...base, event(4, 'item.removed', { itemId: 'i1' })]).opinions.o1!.itemId
    )
  })

  test('CONC-3: a defect stands until it is settled, and then is what it was settled as', ({ assert }) => {
    const stands = foldEvents('panel', base).opinions.o1!
    assert.isTrue(stands.defect!.stands)
    const settled = foldEvents('panel', [
      ...base,
      event(4, 'defect.withdrawn', { opinionId: 'o1', page: 59, reason: '表 4-12' }),
      event(5, 'defect.settled', { opinionId: 'o1', kind: 'must_fix' }),
    ]).opinions.o1!
    assert.isFalse(settled.defect!.stands)
    assert.equal(settled.fields.kind, 'must_fix')
    assert.equal(settled.defect!.withdrawal!.page, 59)
  })
})
