import { auditTable } from '#ledger/public'

auditTable('review_sessions', { skip: ['log_seq', 'log_hash'] })
auditTable('session_seats')
auditTable('plan_deliveries')
auditTable('session_guests')
auditTable('session_opinions')
auditTable('session_defect_answers')
// The text in work is covered by the hash of the operation log; what is confirmed is settled_text.
auditTable('session_items', { skip: ['text', 'revision', 'doc'] })
auditTable('session_item_votes')
auditTable('session_conclusion_votes')
auditTable('session_consents')
auditTable('session_sign_ins')
auditTable('session_attendees')
auditTable('attendance_spans', { skip: ['last_seen_at'] })
auditTable('session_recordings')
