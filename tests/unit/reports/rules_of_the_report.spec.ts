import { test } from '@japa/runner'
import { type SignatureOn, signingFaults } from '#reports/domain/every_member_signs'
import { filingState } from '#reports/domain/filing_is_complete'
import { newPublicCode, parsePublicCode, printPublicCode } from '#reports/domain/public_code'
import { REPORT_FIELDS, type ReportDraft, reportFaults } from '#reports/domain/report_is_ready'
import {
  answerFaults,
  type ItemAnswer,
  leaderOpinionFaults,
} from '#reports/domain/revision_answers_every_item'
import { buildVerdict, type VersionFacts } from '#reports/domain/version_may_be_built'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const five = ['A', 'B', 'C', 'D', 'E']

test.group('Report', () => {
  const fields = Object.fromEntries(REPORT_FIELDS.map((field) => [field, '有'])) as ReportDraft['fields']
  const draft: ReportDraft = {
    fields,
    severe_defects: [],
    items: [{ id: '1', place: 'P148', opinion: '重算', basis: 'JGJ 120-2012' }],
    experts: [{ id: 'A', name: '韦', employer: '院', title: '正高', specialty: '岩土', certificate: '1' }],
    conclusion: 'REVISE',
    reason: '',
  }
  const codes = (change: Partial<ReportDraft>) =>
    reportFaults({ ...draft, ...change }, regulation).map((one) => one.code)

  test('REP-1: every field of the form is there', ({ assert }) => {
    assert.deepEqual(codes({}), [])
    for (const field of REPORT_FIELDS) {
      assert.deepEqual(reportFaults({ ...draft, fields: { ...fields, [field]: ' ' } }, regulation), [
        { code: 'field_missing', field },
      ])
    }
    assert.deepEqual(codes({ severe_defects: null }), ['defect_check_missing'])
    assert.deepEqual(codes({ conclusion: null }), ['conclusion_missing'])
    assert.deepEqual(codes({ conclusion: 'FAIL' }), ['conclusion_reason_missing'])
    assert.deepEqual(codes({ items: [{ ...draft.items[0]!, basis: '' }] }), ['item_incomplete'])
    assert.deepEqual(codes({ experts: [{ ...draft.experts[0]!, certificate: '' }] }), [
      'expert_row_incomplete',
    ])
  })

  test('REP-1: the summary has at most 300 characters, a rare one counted once', ({ assert }) => {
    assert.deepEqual(codes({ fields: { ...fields, summary: '𠮷'.repeat(300) } }), [])
    assert.deepEqual(codes({ fields: { ...fields, summary: '桩'.repeat(301) } }), ['summary_too_long'])
  })

  test('REP-2: every member signs the same text, nobody else does', ({ assert }) => {
    const signatures = five.map((member): SignatureOn => ({ member, form: 'electronic', document_hash: 'h' }))
    const meeting = { document_hash: 'h', any_remote: true }
    assert.deepEqual(signingFaults(five, signatures, meeting), [])
    assert.deepEqual(signingFaults(five, signatures.slice(1), meeting), [
      { code: 'signature_missing', member: 'A' },
    ])
    const other = signatures.with(0, { member: 'A', form: 'electronic', document_hash: 'x' })
    assert.deepEqual(signingFaults(five, other, meeting), [{ code: 'signed_other_text', member: 'A' }])
    const stranger = [...signatures, { member: 'X', form: 'electronic', document_hash: 'h' } as const]
    assert.deepEqual(signingFaults(five, stranger, meeting), [{ code: 'not_a_member', member: 'X' }])
  })

  test('MEET-1: as soon as one is remote nobody signs by hand', ({ assert }) => {
    const byHand = five.map((member) => ({ member, form: 'hand', document_hash: 'h' }) as const)
    assert.deepEqual(signingFaults(five, byHand, { document_hash: 'h', any_remote: false }), [])
    assert.lengthOf(signingFaults(five, byHand, { document_hash: 'h', any_remote: true }), 5)
  })
})

test.group('After the report', () => {
  const items = [
    { id: '1', kind: 'must_fix' },
    { id: '2', kind: 'advice' },
  ] as const
  const taken: ItemAnswer = { item: '1', taken: true, change: '已按泵车工况重算', page: 149, reason: '' }
  const refused: ItemAnswer = { item: '2', taken: false, change: '', page: null, reason: '现场无马道' }
  const codes = (...answers: ItemAnswer[]) =>
    answerFaults(items, answers).map((one) => `${one.code} ${one.item}`)

  test('REP-3: each must-fix item is answered with change and page', ({ assert }) => {
    assert.deepEqual(codes(taken, refused), [])
    assert.deepEqual(codes(refused), ['answer_missing 1'])
    assert.deepEqual(codes({ ...taken, taken: false, reason: '不改' }, refused), ['must_fix_not_taken 1'])
    assert.deepEqual(codes({ ...taken, change: '', page: 0 }, refused), [
      'change_missing 1',
      'page_missing 1',
    ])
    assert.deepEqual(codes(taken, refused, { ...taken, item: '9' }), ['unknown_item 9'])
  })

  test('REP-10: advice is taken with a page or declined with a reason', ({ assert }) => {
    assert.deepEqual(codes(taken, { ...refused, reason: '' }), ['reason_missing 2'])
    assert.deepEqual(codes(taken, { ...refused, taken: true, change: '已补' }), ['page_missing 2'])
  })

  test('REP-3: the leader judges every must-fix item on the revision itself', ({ assert }) => {
    const opinion = {
      by: 'A',
      leader: 'A',
      text: '已按意见修改',
      version_hash: 'v4',
      revision_hash: 'v4',
      judged: { '1': true },
    }
    const found = (change: object) =>
      leaderOpinionFaults(items, { ...opinion, ...change }).map((one) => one.code)
    assert.deepEqual(found({}), [])
    assert.deepEqual(found({ by: 'B' }), ['not_the_leader'])
    assert.deepEqual(found({ version_hash: 'v3' }), ['version_not_the_revision'])
    assert.deepEqual(found({ judged: {} }), ['item_not_judged'])
    assert.deepEqual(found({ judged: { '1': false }, text: '' }), ['opinion_empty', 'item_rejected'])
  })

  test('REP-5: what is missing, and late stays visible', ({ assert }) => {
    const deadline = new Date('2026-03-21T16:00:00Z')
    const early = new Date('2026-03-20T00:00:00Z')
    const late = new Date('2026-03-21T16:00:01Z')
    const full = { conclusion: early, report: early, sign_in_record: early, photographs: early }
    assert.deepEqual(filingState(full, deadline, late), { complete: true, missing: [], state: 'complete' })
    assert.equal(filingState({ ...full, photographs: deadline }, deadline, late).state, 'complete')
    assert.equal(filingState({ ...full, photographs: late }, deadline, late).state, 'complete_late')
    const { photographs: _, ...without } = full
    assert.deepEqual(filingState(without, deadline, deadline), {
      complete: false,
      missing: ['photographs'],
      state: 'open',
    })
    assert.equal(filingState(without, deadline, late).state, 'late')
  })
})

test.group('May this version be built', () => {
  const passed: VersionFacts = {
    version_hash: 'v4',
    released_hash: 'v4',
    plan: 'review_required',
    review: 'PASS',
    approved: true,
    leader_agreed: false,
  }
  const code = (change: Partial<VersionFacts>) => buildVerdict({ ...passed, ...change }).code

  test('REP-6: passed, approved, released, this version', ({ assert }) => {
    assert.equal(code({}), 'released')
    assert.equal(code({ version_hash: 'v3' }), 'superseded')
    assert.equal(code({ released_hash: null }), 'not_released')
    assert.equal(code({ approved: false }), 'not_approved')
    assert.equal(code({ review: 'none' }), 'review_not_held')
    assert.equal(code({ review: 'in_progress' }), 'review_in_progress')
    assert.equal(code({ review: 'FAIL' }), 'review_failed')
    assert.equal(code({ review: 'voided' }), 'review_voided')
    assert.equal(code({ review: 'suspended' }), 'review_suspended')
    assert.equal(code({ review: 'REVISE' }), 'leader_opinion_missing')
    assert.equal(code({ review: 'REVISE', leader_agreed: true }), 'released')
  })

  test('PLAN-9: a hazardous work needs its approvals and no review', ({ assert }) => {
    assert.equal(code({ plan: 'hazardous', review: 'none' }), 'released')
    assert.equal(code({ plan: 'hazardous', review: 'none', approved: false }), 'not_approved')
    assert.equal(code({ plan: 'hazardous', review: 'FAIL' }), 'review_failed')
  })

  test('REP-6: over all facts, nothing is built that was not passed, approved and released', ({ assert }) => {
    const reviews = [
      'none',
      'in_progress',
      'PASS',
      'REVISE',
      'FAIL',
      'suspended',
      'voided',
      'cancelled',
    ] as const
    let built = 0
    for (const review of reviews) {
      for (const plan of ['not_hazardous', 'hazardous', 'review_required'] as const) {
        for (let bits = 0; bits < 8; bits++) {
          const facts = {
            ...passed,
            review,
            plan,
            approved: (bits & 1) > 0,
            leader_agreed: (bits & 2) > 0,
            released_hash: bits & 4 ? 'v4' : null,
          }
          if (!buildVerdict(facts).may_be_built) continue
          built += 1
          assert.isTrue(facts.approved && facts.released_hash === 'v4')
          assert.isTrue(
            review === 'PASS' ||
              (review === 'REVISE' && facts.leader_agreed) ||
              (review === 'none' && plan !== 'review_required')
          )
        }
      }
    }
    assert.isAbove(built, 0)
  })
})

test.group('Public codes', () => {
  test('REP-1: eight characters of Crockford’s base 32 from forty bits', ({ assert }) => {
    assert.equal(
      newPublicCode(() => new Uint8Array(5)),
      '00000000'
    )
    assert.equal(
      newPublicCode(() => new Uint8Array(5).fill(255)),
      'ZZZZZZZZ'
    )
    assert.equal(
      newPublicCode(() => Uint8Array.of(0, 0, 0, 0, 33)),
      '00000011'
    )
    const codes = new Set(
      Array.from({ length: 500 }, () => newPublicCode((n) => crypto.getRandomValues(new Uint8Array(n))))
    )
    assert.equal(codes.size, 500)
    for (const code of codes) assert.equal(parsePublicCode(code), code)
  })

  test('REP-6: a code is read as people type it, and never as two', ({ assert }) => {
    assert.equal(parsePublicCode(' 7k3o-iL9z '), '7K30119Z')
    assert.equal(parsePublicCode('７Ｋ３０１１９Ｚ'), '7K30119Z')
    assert.equal(printPublicCode('7K30119Z'), '7K30-119Z')
    for (const bad of ['', '7K30119', '7K30119ZZ', '7K30119U', '7K30119中', '7K30*19Z'])
      assert.isNull(parsePublicCode(bad), bad)
  })
})
