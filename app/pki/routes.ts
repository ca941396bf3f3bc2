import router from '@adonisjs/core/services/router'
import { signedIn } from '#core/http/signed_in'

const CertificatesController = () => import('#pki/controllers/certificates_controller')
const AuthorityController = () => import('#pki/controllers/authority_controller')

signedIn(() => {
  router.get('/certificates', [CertificatesController, 'index'])
  router.post('/certificates', [CertificatesController, 'store'])
  router.post('/certificates/:id/revoke', [CertificatesController, 'revoke'])
})

router.get('/pki/issuing.crl', [AuthorityController, 'issuingList'])
router.get('/pki/root.crl', [AuthorityController, 'rootList'])
router.get('/pki/:name.pem', [AuthorityController, 'certificate'])
router.post('/pki/ocsp', [AuthorityController, 'status'])
router.get('/pki/ocsp/*', [AuthorityController, 'statusByAddress'])
router.post('/pki/tsa', [AuthorityController, 'timestamp'])
