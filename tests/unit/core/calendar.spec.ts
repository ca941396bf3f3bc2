import { test } from '@japa/runner'
import {
  addYears,
  afterDays,
  afterWorkingDays,
  civilDay,
  endOfDay,
  hasHolidayData,
  isWorkingDay,
  startOfDay,
} from '#core/regulation/calendar'

const CN = 480

test.group('Calendar', () => {
  test('a civil day turns at 24:00 Beijing time', ({ assert }) => {
    assert.equal(civilDay(new Date('2026-03-18T15:59:59Z'), CN), '2026-03-18')
    assert.equal(civilDay(new Date('2026-03-18T16:00:00Z'), CN), '2026-03-19')
    assert.equal(startOfDay('2026-03-18', CN).toISOString(), '2026-03-17T16:00:00.000Z')
    assert.equal(endOfDay('2026-03-18', CN).toISOString(), '2026-03-18T16:00:00.000Z')
  })

  test('a make-up Saturday works, a holiday Thursday rests', ({ assert }) => {
    assert.isTrue(isWorkingDay('2026-09-20'))
    assert.isFalse(isWorkingDay('2026-10-01'))
    assert.isFalse(isWorkingDay('2026-09-19'))
    assert.isTrue(isWorkingDay('2026-09-21'))
  })

  test('a year without published holidays makes a deadline provisional', ({ assert }) => {
    assert.isTrue(hasHolidayData('2026-06-01'))
    assert.isFalse(hasHolidayData('2093-06-01'))
    assert.isFalse(afterWorkingDays(new Date('2026-12-28T02:00:00Z'), 3, CN).provisional)
    assert.isTrue(afterWorkingDays(new Date('2092-12-30T02:00:00Z'), 3, CN).provisional)
  })

  test('working days skip the National Day week', ({ assert }) => {
    const due = afterWorkingDays(new Date('2026-09-30T02:00:00Z'), 3, CN)
    assert.equal(due.at.toISOString(), '2026-10-10T16:00:00.000Z')
    assert.isFalse(due.provisional)
  })

  test('calendar days end at 24:00 and roll over only when told to', ({ assert }) => {
    const thursday = new Date('2026-03-19T08:00:00Z')
    assert.equal(afterDays(thursday, 2, CN, false).at.toISOString(), '2026-03-21T16:00:00.000Z')
    assert.equal(afterDays(thursday, 2, CN, true).at.toISOString(), '2026-03-23T16:00:00.000Z')
  })

  test('a term that begins on 29 February ends on 28 February', ({ assert }) => {
    assert.equal(addYears('2028-02-29', 3), '2031-02-28')
    assert.equal(addYears('2028-02-29', 4), '2032-02-29')
    assert.equal(addYears('2026-03-18', 3), '2029-03-18')
  })
})
