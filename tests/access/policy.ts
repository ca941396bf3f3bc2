/**
 * Who may use which route, a row for each. The test takes the route table from the app itself: a route
 * without a row fails, and so does a row without a route.
 */
/** Ids of the project that strangers must not reach. */
export interface Fixture {
  readonly seatIds: readonly string[]
}

type Body = unknown | ((fixture: Fixture) => unknown)

export type Row =
  /** Anyone, without an account. */
  | { open: true }
  /** Any signed-in person, about themselves or about nothing in particular. */
  | { own: true; body?: Body }
  /** About one object, named by the path: strangers are told that there is no such thing. */
  | {
      object: true
      insider: string
      body?: Body
      readers?: readonly string[]
      /** What the fixture lacks, so that even an insider is told that there is nothing. */
      fixtureLacks?: string
    }

/** Demo people by mobile number, see resources/demo/people.json. */
export const ORGANISER = '19900000001'
export const HEAD = '19900000002'
export const SUPERVISING_ENGINEER = '19900000003'
export const CENTRE = '19900000008'
export const AUTHORITY = '19900000009'
export const AUDITOR = '19900000012'

/** People of other projects and staff who have no part in reviews. */
export const STRANGERS = {
  'another organiser': '19900000020',
  'another technical head': '19900000021',
  'another agency': '19900000023',
  'another supervising engineer': '19900000024',
  'another owner': '19900000025',
  'another designer': '19900000026',
  'system administration': '19900000010',
  'security administration': '19900000011',
} as const

/** Centre and authority see everything in the jurisdiction; none of the three changes anything of a review (ORG-1). */
export const WATCHERS = { centre: CENTRE, authority: AUTHORITY, audit: AUDITOR } as const

const open: Row = { open: true }
const own = (body?: unknown): Row => ({ own: true, body })
/** Watchers may read it too, unless said otherwise. */
const read = (insider: string, readers: readonly string[] = ['centre', 'authority']): Row => ({
  object: true,
  insider,
  readers,
})
const write = (insider: string, body: Body = {}): Row => ({ object: true, insider, body })
/** A write that these watchers may make too: it changes nothing of the review. */
const allowed = (row: Row, readers: readonly string[]): Row => ({ ...row, readers }) as Row
const supervise = (body: Body): Row => allowed(write(AUTHORITY, body), ['centre', 'authority'])
/** The library is the centre's to keep. */
const keep = (body: Body): Row => allowed(write(CENTRE, body), ['centre'])
/** A form filled in against what is no longer so: an insider is told that, and nothing changes. */
const stale = { reason: 'text of it', revision: 1_000_000 }
const lacking = (row: Row, fixtureLacks: string): Row => ({ ...row, fixtureLacks }) as Row

const works = [{ category: 'PIT', parameters: { depth_m: 9 } }]
const planData = {
  name: '改名',
  projectName: '改名',
  projectPlace: '',
  permit: 'X',
  part: '',
  summary: '',
  reviewKind: 'lunzheng',
  voluntaryReason: null,
  bySubcontractor: false,
}
const UUID = '01a203ab-8e85-7aa9-9700-2b85f34046a3'

export const POLICY: Record<string, Row> = {
  'GET /*': open,
  'GET /health': open,
  'GET /log/checkpoint': open,
  'GET /api/public/log': open,
  'GET /log/tile/*': open,
  'GET /log/timestamps/*': open,
  'GET /pki/:name.pem': open,
  'GET /pki/issuing.crl': open,
  'GET /pki/root.crl': open,
  'GET /pki/ocsp/*': open,
  'POST /pki/ocsp': open,
  'POST /pki/tsa': open,
  'GET /api/session': open,
  'POST /api/sign-in': open,
  'POST /api/sign-in/totp': open,
  'POST /api/sign-out': open,
  'POST /api/password-reset/request': open,
  'POST /api/password-reset/confirm': open,
  'GET /api/demo/people': open,
  'GET /api/demo/people/:mobile/code': open,
  'GET /api/demo/outbox': open,
  'POST /api/demo/clock': open,
  'GET /api/ledger/head': open,
  'GET /api/ledger/inclusion': open,
  'GET /api/ledger/consistency': open,
  'GET /api/site/:code': open,
  'GET /api/site/:code/verdict': open,
  'GET /api/public/draw-keys': open,
  'GET /api/public/draws/:number': open,
  'GET /api/public/fairness': open,
  'GET /api/public/draws/:number/events': open,
  'GET /api/public/draws/:number/evidence': open,
  'POST /api/invitation-links/show': open,
  'POST /api/invitation-links/answer': open,

  'POST /api/session/capacity': own({ id: UUID }),
  'GET /api/account': own(),
  'PATCH /api/account': own({}),
  'GET /api/account/reveals': own(),
  'GET /api/home': own(),
  'GET /api/messages': own(),
  'GET /api/feedback': own(),
  'POST /api/feedback': own({ text: 'text of it' }),
  'POST /api/feedback/:id/answer': own({ text: 'text of it' }),
  'GET /api/office-capacities': own(),
  'POST /api/office-capacities/:id/confirm': own({}),
  'POST /api/office-capacities/:id/end': own({ reason: 'text of it' }),
  'POST /api/messages/read': own({}),
  'GET /api/certificates': own(),
  'POST /api/certificates': own({ request: 'AAAA', password: 'x' }),
  'GET /api/plan-vocabulary': own(),
  'POST /api/plan-assessments': own({ works }),
  'GET /api/organisation-names': own(),
  'GET /api/plans': own(),
  'POST /api/plans': own({ ...planData, works }),
  'GET /api/draws': own(),
  'GET /api/invitations': own(),
  'GET /api/own-draws': own(),
  'GET /api/revisions': own(),

  'GET /api/plans/:id': read(ORGANISER),
  'PATCH /api/plans/:id': write(ORGANISER, planData),
  'PUT /api/plans/:id/works': write(ORGANISER, { works }),
  'PUT /api/plans/:id/parties': write(ORGANISER, { parties: [] }),
  'PUT /api/plans/:id/organising': write(ORGANISER, {
    agencyName: null,
    delegationUploadId: null,
    meetingProposedAt: null,
  }),
  'GET /api/plans/:id/versions/:number/file': read(ORGANISER),
  'GET /api/plans/:id/versions/:number/pages': read(ORGANISER),
  'PUT /api/plans/:id/versions/:number/content': write(ORGANISER, { chapters: [] }),
  'GET /api/plans/:id/compare': lacking(read(ORGANISER), 'a second version'),
  'POST /api/plans/:id/hand-over': write(ORGANISER),
  'POST /api/plans/:id/rounds': write(ORGANISER),
  'POST /api/plans/:id/reminders': write(ORGANISER),
  'POST /api/plans/:id/approvals': write(HEAD, {
    kind: 'contractor',
    version: 1,
    decision: 'return',
    reasons: ['x'],
    registrationNumber: null,
    ticks: [],
  }),
  'POST /api/plans/:id/submissions': write(ORGANISER, { fitsSite: true }),
  'GET /api/reviews/:reviewId/filing': lacking(read(ORGANISER, []), 'a meeting that has ended'),
  'GET /api/reviews/:reviewId/filing/images/:imageId': lacking(
    read(ORGANISER, []),
    'a meeting that has ended'
  ),
  'POST /api/reviews/:reviewId/filing/images': lacking(write(ORGANISER), 'a meeting that has ended'),
  'DELETE /api/reviews/:reviewId/filing/images/:imageId': lacking(
    write(ORGANISER),
    'a meeting that has ended'
  ),
  'GET /api/reviews/:reviewId/revision': lacking(read(ORGANISER, []), 'an issued report'),
  'PUT /api/reviews/:reviewId/revision/answers/:itemId': lacking(
    write(ORGANISER, { taken: true, change: '', page: null, reason: '', revision: 0 }),
    'an issued report'
  ),
  'POST /api/reviews/:reviewId/revision/submissions': lacking(
    write(ORGANISER, { withVersion: true, seen: {} }),
    'an issued report'
  ),
  'PUT /api/reviews/:reviewId/revision/opinion-draft': lacking(
    write(ORGANISER, { submission: 1, text: '', judged: {}, revision: 0 }),
    'an issued report'
  ),
  'POST /api/reviews/:reviewId/revision/opinion': lacking(
    write(ORGANISER, {
      submission: 1,
      decision: 'agree',
      versionSha256: '0'.repeat(64),
      text: '',
      judged: {},
    }),
    'an issued report'
  ),
  'GET /api/reviews/:reviewId/draw': read(ORGANISER, Object.keys(WATCHERS)),
  'POST /api/reviews/:reviewId/draw': write(ORGANISER),
  'GET /api/draws/:id': read(ORGANISER, Object.keys(WATCHERS)),
  'GET /api/draws/:id/events': read(ORGANISER, Object.keys(WATCHERS)),
  'GET /api/draws/:id/evidence': read(ORGANISER, Object.keys(WATCHERS)),
  'POST /api/draws/:id/invitations': write(ORGANISER, ({ seatIds }: Fixture) => ({
    seatIds,
    meeting: { at: '2027-01-01T00:00:00.000Z', mode: 'remote', place: '' },
  })),
  'POST /api/draws/:id/panel/check': write(ORGANISER, ({ seatIds }: Fixture) => panelOf(seatIds)),
  'POST /api/draws/:id/panel': write(ORGANISER, ({ seatIds }: Fixture) => panelOf(seatIds)),
  // The centre may look and call too, as it runs the library; each look and each call is on record.
  'POST /api/draws/:id/seats/:seatId/contact': allowed(write(ORGANISER, { purpose: 'call_out' }), ['centre']),
  'POST /api/draws/:id/seats/:seatId/call-outs': allowed(
    write(ORGANISER, { outcome: 'no_answer', reasonCode: null, note: '' }),
    ['centre']
  ),
  'GET /api/own-draws/:drawId': lacking(read(ORGANISER, []), 'an expert of this pool'),
  'GET /api/invitations/:seatId': lacking(read(ORGANISER, []), 'the expert of this seat'),
  'POST /api/invitations/:seatId/answer': lacking(
    write(ORGANISER, { answer: 'accept', reasonCode: null, reason: '' }),
    'the expert of this seat'
  ),
  'POST /api/invitations/:seatId/call-outs/:callId': lacking(
    write(ORGANISER, { response: 'confirmed', note: '' }),
    'the expert of this seat'
  ),
  'POST /api/plans/:id/upload': write(ORGANISER),
  'GET /api/plans/:id/uploads/:uploadId': lacking(read(ORGANISER, []), 'an upload under way'),
  'PATCH /api/plans/:id/upload/:uploadId': lacking(write(ORGANISER), 'an upload under way'),
  'DELETE /api/plans/:id/upload/:uploadId': lacking(write(ORGANISER), 'an upload under way'),
  'POST /api/plans/:id/uploads/:uploadId/accept': lacking(
    write(ORGANISER, { note: '' }),
    'an upload under way'
  ),
  'POST /api/plans/:id/scanned-approvals': write(ORGANISER, {
    kind: 'contractor',
    version: 1,
    uploadId: UUID,
    signerName: 'x',
    registrationNumber: null,
    hasSignature: true,
    hasSeal: true,
    ticks: [],
  }),
  'POST /api/certificates/:id/revoke': lacking(
    write(ORGANISER, { reason: 'keyCompromise' }),
    'a certificate'
  ),

  'GET /api/sessions': own(),
  'GET /api/sessions/:id': read(ORGANISER),
  'GET /api/sessions/:id/events': read(ORGANISER),
  'GET /api/sessions/:id/snapshot': read(ORGANISER),
  'GET /api/sessions/:id/recording': read(ORGANISER),
  'GET /api/sessions/:id/media-token': lacking(read(ORGANISER), 'a meeting that is on'),
  'GET /api/sessions/:id/sign-in/:userId/photo': lacking(read(ORGANISER), 'a photograph'),
  'POST /api/sessions/:id/consent': allowed(write(ORGANISER, { agreed: true }), ['centre', 'authority']),
  'POST /api/sessions/:id/guests': lacking(
    write(ORGANISER, {
      name: 'x',
      mobile: '19911112222',
      kind: 'owner',
      organisationId: UUID,
      code: 'owner_lead',
    }),
    'a guest'
  ),
  'POST /api/sessions/:id/operations': lacking(
    write(ORGANISER, { opId: UUID, type: 'meeting.open', payload: {} }),
    'a member'
  ),
  'POST /api/sessions/:id/plan-opened': lacking(write(ORGANISER), 'a member'),
  'POST /api/sessions/:id/schedule': write(ORGANISER, {
    at: '2027-01-01T00:00:00.000Z',
    mode: 'remote',
    place: '',
  }),
  'POST /api/sessions/:id/sign-in': lacking(allowed(write(ORGANISER), ['centre', 'authority']), 'consent'),

  'GET /api/reports': own(),
  'GET /api/public/report-files': open,
  'GET /api/public/reports/:code': open,
  'GET /api/reports/:id': lacking(read(ORGANISER), 'a report'),
  'GET /api/reports/:id/build': lacking(read(ORGANISER), 'a report'),
  'GET /api/reports/:id/file': lacking(read(ORGANISER), 'a report'),
  'POST /api/reviews/:reviewId/evidence-bundle': lacking(write(ORGANISER), 'an issued report'),
  'PUT /api/reports/:id/texts': lacking(write(ORGANISER), 'a report'),
  'POST /api/reports/:id/certify': lacking(write(ORGANISER), 'a report'),
  'POST /api/reports/:id/refusal': lacking(write(ORGANISER), 'a report'),
  'POST /api/reports/:id/sign/complete': lacking(write(ORGANISER), 'a report'),
  'POST /api/reports/:id/sign/drop': lacking(write(ORGANISER), 'a report'),
  'POST /api/reports/:id/sign/prepare': lacking(write(ORGANISER), 'a report'),

  'GET /api/ledger/verifications': read(AUDITOR, Object.keys(WATCHERS)),
  'POST /api/ledger/verifications': allowed(write(AUDITOR), ['audit']),
  'GET /api/draws/:id/checks': read(CENTRE, Object.keys(WATCHERS)),
  'POST /api/draws/:id/checks': allowed(write(CENTRE), ['centre']),

  'GET /api/library/experts': read(CENTRE, Object.keys(WATCHERS)),
  'GET /api/library/experts/:expertId': read(CENTRE, Object.keys(WATCHERS)),
  'GET /api/library/experts/:expertId/service': read(CENTRE, Object.keys(WATCHERS)),
  'GET /api/draw-departures': read(CENTRE, Object.keys(WATCHERS)),
  'GET /api/near-plans': read(CENTRE, Object.keys(WATCHERS)),
  'GET /api/near-plans/:nearId': lacking(read(CENTRE, Object.keys(WATCHERS)), 'a plan near an earlier one'),
  'POST /api/near-plans/:nearId/answer': lacking(
    keep({ same: false, reason: 'text of it' }),
    'a plan near an earlier one'
  ),
  'GET /api/library/groups': read(CENTRE, Object.keys(WATCHERS)),
  'POST /api/library/experts/:expertId/service': keep({
    plan: { permit: 'X', part: '', categories: ['PIT'] },
    organiser: '某建工有限公司',
    agency: null,
    meetingDay: '2020-01-01',
  }),
  'POST /api/library/experts/:expertId/employments': keep({
    ...stale,
    employer: '某设计院',
    from: '2020-01-01',
    until: null,
    retiredFrom: false,
  }),
  'PUT /api/library/experts/:expertId/employments/:employmentId': keep({
    ...stale,
    from: '2020-01-01',
    until: null,
    retiredFrom: false,
  }),
  'POST /api/library/experts/:expertId/employments/:employmentId/removal': keep(stale),
  'POST /api/library/experts/:expertId/leaves': keep({ ...stale, from: '2030-01-01', until: '2030-01-02' }),
  'POST /api/library/experts/:expertId/leaves/:leaveId/removal': keep(stale),
  'PUT /api/library/experts/:expertId/monthly-cap': keep({ ...stale, cap: 2 }),
  'POST /api/library/experts/:expertId/renewals': keep({ ...stale, document: '文号', until: null }),
  'PUT /api/library/experts/:expertId/term': keep({
    ...stale,
    document: '文号',
    from: '2020-01-01',
    until: '2030-01-01',
  }),
  'PUT /api/library/experts/:expertId/grade': keep({ ...stale, document: '文号', grade: 'A' }),
  'PUT /api/library/experts/:expertId/tags': keep({ ...stale, specialties: ['structure'], methods: [] }),
  'PUT /api/library/experts/:expertId/home-city': keep({ ...stale, city: null }),
  'POST /api/library/experts/:expertId/interests': keep({ ...stale, company: '某公司', kind: 'relative' }),
  'POST /api/library/experts/:expertId/interests/:interestId/end': keep(stale),
  'POST /api/library/experts/:expertId/status': allowed(
    write(CENTRE, { ...stale, document: '文号', event: 'suspend' }),
    ['centre', 'authority']
  ),
  'POST /api/library/groups/members': keep({
    group: '某集团',
    company: '某公司',
    from: null,
    until: null,
    reason: 'text of it',
  }),
  'POST /api/library/groups/members/:memberId/end': lacking(
    keep({ until: '2026-01-01', reason: 'text of it' }),
    'a company in a group'
  ),

  'GET /api/own-record': own(),
  'POST /api/own-record/leaves': own({ ...stale, from: '2030-01-01', until: '2030-01-02' }),
  'POST /api/own-record/leaves/:leaveId/removal': own(stale),
  'PUT /api/own-record/monthly-cap': own({ ...stale, cap: 1 }),
  'POST /api/own-record/interests': own({ ...stale, company: '某公司', kind: 'relative' }),
  'POST /api/own-record/interests/:interestId/end': own(stale),

  'GET /api/supervision/fairness': read(AUTHORITY),
  'GET /api/supervision/fairness/entries': read(AUTHORITY),
  'GET /api/supervision/spot-checks': read(AUTHORITY, Object.keys(WATCHERS)),
  'GET /api/supervision/spot-checks/:id': lacking(read(AUTHORITY, Object.keys(WATCHERS)), 'a spot check'),
  'GET /api/supervision/spot-checks/:id/evidence': lacking(
    read(AUTHORITY, Object.keys(WATCHERS)),
    'a spot check'
  ),
  'GET /api/supervision/spot-check-population': read(AUTHORITY, ['authority']),
  'POST /api/supervision/spot-checks': allowed(
    write(AUTHORITY, {
      title: '不足以抽查',
      kind: 'concluded',
      category: null,
      from: '2020-01-01',
      to: '2020-01-01',
      count: 5,
    }),
    ['authority']
  ),
  'GET /api/supervision/looks': read(AUTHORITY, Object.keys(WATCHERS)),
  'GET /api/supervision/reviews': read(AUTHORITY),
  'GET /api/supervision/reviews/:reviewId': lacking(read(AUTHORITY), 'a concluded review'),
  'GET /api/supervision/reviews/:reviewId/playback': lacking(read(AUTHORITY), 'an inspection'),
  'GET /api/supervision/recordings/:reviewId/files/:name': lacking(read(AUTHORITY), 'an inspection'),
  'POST /api/supervision/recordings/:reviewId/check': lacking(supervise({}), 'an inspection'),
  'POST /api/supervision/inspections/:id/close': lacking(supervise({}), 'an inspection'),
  'POST /api/supervision/inspections/:id/openings': lacking(supervise({}), 'an inspection'),
  'POST /api/supervision/reviews/:reviewId/contacts': lacking(
    supervise({ userId: UUID }),
    'a concluded review'
  ),
  'POST /api/supervision/reviews/:reviewId/findings': lacking(
    supervise({ atMs: 0, subject: 'other', text: 'text of it' }),
    'an inspection'
  ),
  'POST /api/supervision/reviews/:reviewId/inspections': lacking(
    supervise({ number: 'JC-1', reason: 'spot check' }),
    'a concluded review'
  ),
}

function panelOf(seatIds: readonly string[]) {
  return { members: seatIds.slice(0, 5), leader: seatIds[0], alternates: seatIds.slice(5, 7) }
}
