import { auditTable } from '#ledger/public'

auditTable('feedback', { digest: ['text', 'answer'] })
