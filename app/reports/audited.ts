import { auditTable } from '#ledger/public'

auditTable('reports')
auditTable('report_members')
// The text's fingerprint is in the log; the text itself names people.
auditTable('report_editions', { digest: ['document'] })
auditTable('report_revisions')
auditTable('report_refusals')
