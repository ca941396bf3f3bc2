/** Words of supervision's messages, facts and refusals; imported once by the frame. */
import { m } from '#paraglide/messages.js'
import { registerErrorTexts } from '../api/error_text.ts'
import { registerNoticeTexts, string } from '../home/texts.ts'
import type { Fact } from './types.ts'

registerNoticeTexts({
  'inspection.opened': (params) =>
    m.supervision_notice_opened({
      plan: string(params, 'plan'),
      office: string(params, 'office'),
      number: string(params, 'number'),
    }),
})
registerErrorTexts({
  E_INSPECTION_KNOWN: () => m.supervision_error_known(),
  E_INSPECTION_CLOSED: () => m.supervision_error_closed(),
  E_RANGE_REQUIRED: () => m.supervision_error_range(),
})

/** A fact in a few words: what was, with its figures. */
export function factText(fact: Fact): string {
  switch (fact.code) {
    case 'short':
      return m.supervision_fact_short({ minutes: fact.minutes, median: fact.median })
    case 'no_opinions':
      return m.supervision_fact_no_opinions()
    case 'not_recorded':
      return m.supervision_fact_not_recorded()
    case 'same_opinions':
      return m.supervision_fact_same_opinions({ count: fact.count })
    case 'pauses':
      return m.supervision_fact_pauses({ count: fact.count })
    case 'members_lost':
      return m.supervision_fact_members_lost({ count: fact.count })
    case 'recording_breaks':
      return m.supervision_fact_recording_breaks({ count: fact.count })
  }
}
