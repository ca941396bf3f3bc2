import { auditTable } from '#ledger/public'

auditTable('draw_keys')
auditTable('draws', {
  skip: [
    'server_at',
    'witness_since',
    'witness_code',
    'witness_at',
    'beacon_code',
    'lease_until',
    'revision',
  ],
})
auditTable('draw_seats')
auditTable('draw_departures', { skip: ['beacon_code'] })
auditTable('draw_call_outs')
auditTable('draw_earlier_service')
auditTable('draw_checks')
auditTable('plan_comparisons')
auditTable('near_plans')
