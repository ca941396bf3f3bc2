import '#identity/routes'
import '#messages/routes'
import '#ledger/routes'
import '#core/routes'
