import { auditTable } from '#ledger/public'

auditTable('inspections')
auditTable('recording_openings')
auditTable('inspection_findings')
auditTable('spot_checks', { skip: ['server_at', 'witness_code', 'lease_until'] })
