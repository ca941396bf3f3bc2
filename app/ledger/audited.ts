import { auditTable } from '#ledger/domain/audited_tables'

auditTable('ledger_verifications')
