import { auditTable } from '#ledger/public'

auditTable('filings')
auditTable('filing_images')
auditTable('revisions')
auditTable('revision_items')
auditTable('revision_submissions')
auditTable('leader_opinions')
