import { auditTable } from '#ledger/public'

// The key follows from the name.
auditTable('organisations', { skip: ['name_key'] })
auditTable('users', {
  digest: ['mobile_encrypted', 'mobile_index', 'mobile_masked'],
  skip: ['password_hash', 'totp_secret_encrypted', 'totp_last_step', 'locale', 'large_type'],
})
auditTable('memberships')
auditTable('capacity_confirmations')
auditTable('personal_data_reveals')
