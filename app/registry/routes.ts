import router from '@adonisjs/core/services/router'
import { signedIn } from '#core/http/signed_in'

const LibraryController = () => import('#registry/controllers/library_controller')
const GroupsController = () => import('#registry/controllers/groups_controller')
const OwnRecordController = () => import('#registry/controllers/own_record_controller')

signedIn(() => {
  router.get('/library/experts', [LibraryController, 'index'])
  router.get('/library/experts/:expertId', [LibraryController, 'show'])
  router.get('/library/groups', [GroupsController, 'index'])
}, ['centre', 'authority', 'auditor'])

signedIn(() => {
  router.post('/library/experts/:expertId/employments', [LibraryController, 'addEmployment'])
  router.put('/library/experts/:expertId/employments/:employmentId', [LibraryController, 'changeEmployment'])
  router.post('/library/experts/:expertId/employments/:employmentId/removal', [
    LibraryController,
    'removeEmployment',
  ])
  router.post('/library/experts/:expertId/leaves', [LibraryController, 'enterLeave'])
  router.post('/library/experts/:expertId/leaves/:leaveId/removal', [LibraryController, 'takeLeaveBack'])
  router.put('/library/experts/:expertId/monthly-cap', [LibraryController, 'setMonthlyCap'])
  router.post('/library/experts/:expertId/renewals', [LibraryController, 'renewTerm'])
  router.put('/library/experts/:expertId/term', [LibraryController, 'correctTerm'])
  router.put('/library/experts/:expertId/grade', [LibraryController, 'setGrade'])
  router.put('/library/experts/:expertId/tags', [LibraryController, 'setTags'])
  router.put('/library/experts/:expertId/home-city', [LibraryController, 'setHomeCity'])
  router.post('/library/experts/:expertId/interests', [LibraryController, 'declareInterest'])
  router.post('/library/experts/:expertId/interests/:interestId/end', [LibraryController, 'endInterest'])
  router.post('/library/groups/members', [GroupsController, 'join'])
  router.post('/library/groups/members/:memberId/end', [GroupsController, 'leave'])
}, ['centre'])

signedIn(() => {
  router.post('/library/experts/:expertId/status', [LibraryController, 'changeStatus'])
}, ['centre', 'authority'])

signedIn(() => {
  router.get('/own-record', [OwnRecordController, 'show'])
  router.post('/own-record/leaves', [OwnRecordController, 'enterLeave'])
  router.post('/own-record/leaves/:leaveId/removal', [OwnRecordController, 'takeLeaveBack'])
  router.put('/own-record/monthly-cap', [OwnRecordController, 'setCap'])
  router.post('/own-record/interests', [OwnRecordController, 'declareInterest'])
  router.post('/own-record/interests/:interestId/end', [OwnRecordController, 'endInterest'])
}, ['expert'])
