import { test } from '@japa/runner'
import { factsOfMeeting, medianMinutes, type MeetingCounts } from '#supervision/domain/facts_of_a_meeting'
import { OPENING_LASTS_MS, openingHolds } from '#supervision/domain/recording_opens_under_an_inspection'

const START = new Date('2026-03-18T06:32:00Z')
function meeting(minutes: number, over: Partial<MeetingCounts> = {}): MeetingCounts {
  const endedAt = new Date(START.getTime() + minutes * 60_000)
  return {
    startedAt: START,
    endedAt,
    opinions: 6,
    sameOpinions: 0,
    pauses: 0,
    membersLost: 0,
    recordingBreaks: 0,
    recorded: true,
    ...over,
  }
}

test.group('Facts of a meeting', () => {
  test('SUP-2: an ordinary meeting has none', ({ assert }) => {
    assert.deepEqual(factsOfMeeting(meeting(96), 96), [])
  })

  test('SUP-2: shorter than half of the median is said with both figures, exactly half is not', ({
    assert,
  }) => {
    assert.deepEqual(factsOfMeeting(meeting(21), 96), [{ code: 'short', minutes: 21, median: 96 }])
    assert.deepEqual(factsOfMeeting(meeting(48), 96), [])
    assert.deepEqual(factsOfMeeting(meeting(21), null), [])
  })

  test('SUP-2: fewer than five meetings have no median', ({ assert }) => {
    assert.isNull(medianMinutes([30, 60, 90, 120].map((minutes) => meeting(minutes))))
    assert.equal(medianMinutes([30, 60, 90, 120, 20].map((minutes) => meeting(minutes))), 60)
    assert.equal(medianMinutes([30, 60, 90, 120, 20, 100].map((minutes) => meeting(minutes))), 75)
  })

  test('SUP-2: no opinions, the same words, pauses, lost members and breaks of the recording', ({
    assert,
  }) => {
    const odd = meeting(96, { opinions: 0, sameOpinions: 2, pauses: 1, membersLost: 1, recordingBreaks: 3 })
    const codes = factsOfMeeting(odd, 96).map(({ code }) => code)
    assert.deepEqual(codes, ['no_opinions', 'same_opinions', 'pauses', 'members_lost', 'recording_breaks'])
    assert.deepEqual(factsOfMeeting(meeting(96, { recorded: false, recordingBreaks: 3 }), 96), [
      { code: 'not_recorded' },
    ])
  })
})

test.group('An opening', () => {
  const after = (ms: number) => new Date(START.getTime() + ms)

  test('MEET-6: holds for four hours and not a millisecond longer', ({ assert }) => {
    const opening = { at: START, inspectionClosedAt: null }
    assert.isTrue(openingHolds(opening, START))
    assert.isTrue(openingHolds(opening, after(OPENING_LASTS_MS - 1)))
    assert.isFalse(openingHolds(opening, after(OPENING_LASTS_MS)))
    assert.isFalse(openingHolds(opening, after(-1)))
  })

  test('MEET-6: ends with its inspection', ({ assert }) => {
    assert.isFalse(openingHolds({ at: START, inspectionClosedAt: START }, after(1)))
  })
})
