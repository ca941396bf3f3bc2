import { onPanelConfirmed, onSeatLost } from '#draw/public'
import { loseSeat } from '#sessions/actions/lose_seat'
import { setUpSession } from '#sessions/actions/set_up_session'

onPanelConfirmed(async (unit, confirmed) => {
  const draw = await unit.trx
    .from('draws')
    .where('review_id', confirmed.reviewId)
    .select('meeting_place')
    .first()
  await setUpSession(unit, confirmed, draw?.meeting_place ?? '')
})

onSeatLost(loseSeat)
