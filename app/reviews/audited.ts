import { auditTable } from '#ledger/public'

auditTable('reviews')
auditTable('review_transitions')
