export { certificatePem, holdCeremony, ownCertificate, ownCredential } from '#pki/authority_files'
export { livingCertificate, type LivingCertificate } from '#pki/queries/certificates'
export { askTimestamp } from '#pki/timestamp'
export { describeSubjects } from '#pki/subject'
