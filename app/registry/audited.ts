import { auditTable } from '#ledger/public'

auditTable('experts')
auditTable('expert_employments')
