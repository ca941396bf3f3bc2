import { auditTable } from '#ledger/public'

auditTable('plans')
auditTable('plan_works')
auditTable('plan_parties')
auditTable('plan_versions')
auditTable('plan_defect_checks')
auditTable('plan_approvals')
