import { auditTable } from '#ledger/public'

auditTable('certificates')
