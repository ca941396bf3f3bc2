import { auditTable } from '#ledger/public'

auditTable('inspections')
auditTable('recording_openings')
auditTable('inspection_findings')
