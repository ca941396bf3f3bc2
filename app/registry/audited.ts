import { auditTable } from '#ledger/public'

auditTable('experts', { skip: ['revision'] })
auditTable('expert_employments')
auditTable('expert_leaves')
auditTable('expert_interests')
auditTable('expert_changes')
auditTable('company_groups')
auditTable('company_group_members')
