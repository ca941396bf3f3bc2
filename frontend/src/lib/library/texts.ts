/** The library's words for messages and refusals; imported once by the frame of signed-in pages. */
import { m } from '#paraglide/messages.js'
import { registerErrorTexts } from '../api/error_text.ts'
import { registerNoticeTexts, string } from '../home/texts.ts'
import { changeTexts, statusText } from './words.ts'

registerNoticeTexts({
  'expert.changed': (params) =>
    m.library_notice_changed({
      what: changeTexts[string(params, 'what')]?.() ?? string(params, 'what'),
      reason: string(params, 'reason'),
    }),
})

registerErrorTexts({
  E_EXPERT_CHANGED: () => m.library_error_changed(),
  E_DAYS_OUT_OF_ORDER: () => m.library_error_order(),
  E_DAY_AHEAD: () => m.library_error_ahead(),
  E_RETIREMENT_HAS_NO_END: () => m.library_error_retirement(),
  E_EMPLOYMENT_TWICE: () => m.library_error_employment_twice(),
  E_LEAVE_OVER: () => m.library_error_leave_over(),
  E_LEAVE_OVERLAPS: (params) =>
    m.library_error_leave_overlaps({ from: string(params, 'from'), until: string(params, 'until') }),
  E_CAP_TOO_HIGH: (params) => m.library_error_cap({ most: string(params, 'most') }),
  E_TERM_NOT_LONGER: (params) => m.library_error_term({ until: string(params, 'until') }),
  E_TERM_OVER: () => m.library_error_term_over(),
  E_TAGS: () => m.library_error_tags(),
  E_CITY_UNKNOWN: () => m.library_error_city(),
  E_GRADE_UNKNOWN: () => m.library_error_grade(),
  E_EXPERT_STATE: (params) => m.library_error_state({ state: statusText(string(params, 'state')) }),
  E_NOT_YOUR_OFFICE: () => m.library_error_office(),
  E_INTEREST_TWICE: () => m.library_error_interest_twice(),
  E_IN_ANOTHER_GROUP: () => m.library_error_in_group(),
  E_NOT_IN_GROUP: () => m.library_error_not_in_group(),
})
