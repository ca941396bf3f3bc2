import { timestampLedgerBy } from '#ledger/public'
import { askTimestamp } from '#pki/timestamp'

timestampLedgerBy(askTimestamp)
