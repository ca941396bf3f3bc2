import { test } from '@japa/runner'
import { newVersionEvent } from '#plans/domain/a_version_under_review_cannot_change'
import { decideApproval, openApprovals } from '#plans/domain/approvals_follow_in_order'
import { readRange } from '#plans/domain/read_range'
import { backwardSchedule } from '#plans/domain/schedule_counts_back_from_the_meeting'
import { newSiteCode, readSiteCode } from '#plans/domain/site_code'
import { filingDeadline, latestDelivery } from '#reviews/domain/deadlines'
import { REVIEW_STATES } from '#reviews/domain/states'
import { nanning } from '#tests/unit/core/nanning'

test.group('Rules of versions and approvals', () => {
  test('PLAN-4: no new version from the request for a review until its end', ({ assert }) => {
    const open = REVIEW_STATES.filter((state) => newVersionEvent(state, null).ok)
    assert.deepEqual(open, [
      'DRAFT',
      'SELF_CHECKED',
      'CONTRACTOR_REVIEWED',
      'SUPERVISING_ENGINEER_REVIEWED',
      'RETURNED',
      'REVISING',
    ])
    assert.isTrue(newVersionEvent('FILED', 'PASS').ok)
    assert.isFalse(newVersionEvent('FILED', 'REVISE').ok)
  })

  test('PLAN-3: the order of reviews, first and after a revision', ({ assert }) => {
    const facts = {
      reviewState: 'SELF_CHECKED',
      conclusion: null,
      versionState: 'self_checked',
      bySubcontractor: false,
      approved: [],
    } as const
    assert.deepEqual(openApprovals(facts), ['contractor'])
    assert.deepEqual(decideApproval('contractor', 'approve', facts), {
      ok: true,
      value: { versionState: 'contractor_reviewed', event: 'contractor_review' },
    })
    assert.isFalse(decideApproval('supervision', 'approve', facts).ok)
    assert.deepEqual(openApprovals({ ...facts, bySubcontractor: true }), ['subcontractor', 'contractor'])
    const revised = { ...facts, reviewState: 'LEADER_OPINION', versionState: 'contractor_reviewed' } as const
    assert.deepEqual(decideApproval('supervision', 'approve', revised), {
      ok: true,
      value: { versionState: 'approved', event: 'approved_again' },
    })
    assert.deepEqual(openApprovals({ ...facts, reviewState: 'REVISING' }), [])
  })

  test('PLAN-6, REP-5: the schedule counts back over rest days', async ({ assert }) => {
    const rules = await nanning()
    const meetingAt = new Date('2026-03-18T06:30:00Z')
    const plan = backwardSchedule(
      { meetingAt, deliverBy: latestDelivery(meetingAt, rules), fileBy: filingDeadline(meetingAt, rules).at },
      rules.utc_offset_minutes
    )
    assert.equal(plan.deliverBy.toISOString(), '2026-03-16T06:30:00.000Z')
    assert.equal(plan.drawOn, '2026-03-12')
    assert.equal(plan.supervisionDoneBy.toISOString(), '2026-03-11T16:00:00.000Z')
    assert.equal(plan.fileBy.toISOString(), '2026-03-21T16:00:00.000Z')
  })

  test('REP-6: a site code survives being read aloud', ({ assert }) => {
    const code = newSiteCode((below) => Math.floor(below / 3))
    assert.match(code, /^[0-9A-HJKMNP-TV-Z]{8}$/)
    assert.equal(readSiteCode(`${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`), code)
    assert.equal(readSiteCode('oil-1234'), '01112 34'.replace(' ', ''))
  })

  test('ranges of bytes, and what can not be satisfied', ({ assert }) => {
    assert.deepEqual(readRange('bytes=0-9', 100), { start: 0, end: 9 })
    assert.deepEqual(readRange('bytes=90-200', 100), { start: 90, end: 99 })
    assert.deepEqual(readRange('bytes=-10', 100), { start: 90, end: 99 })
    assert.equal(readRange('bytes=100-', 100), 'unsatisfiable')
    assert.equal(readRange('bytes=9-1', 100), 'unsatisfiable')
    for (const header of [undefined, 'bytes=-', 'items=0-1', 'bytes=0-1,3-4'])
      assert.isNull(readRange(header, 100))
  })
})
