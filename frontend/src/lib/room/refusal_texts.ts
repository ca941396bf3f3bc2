import { m } from '#paraglide/messages.js'
import { ApiError } from '../api/client.ts'
import { errorText, registerErrorTexts } from '../api/error_text.ts'
import { dateTime } from '../ui/format.ts'

type Refused = { code: string; [param: string]: unknown }

/** Blocks of a conclusion (CONC-1 … CONC-5, MEET-4), as the server names them. */
const blocks: Record<string, (block: Record<string, unknown>) => string> = {
  no_quorum: (block) => m.room_block_no_quorum({ have: String(block.have), need: String(block.need) }),
  votes_missing: (block) => m.room_missing_votes({ count: count(block.members) }),
  stricter_vote_stands: (block) => m.room_block_stricter({ count: count(block.members) }),
  nobody_votes_for_it: () => m.room_block_nobody(),
  dissent_without_reason: (block) => m.room_block_dissent({ count: count(block.members) }),
  items_not_confirmed: (block) => m.room_block_items({ count: count(block.items) }),
  must_fix_needed: () => m.room_bar_must_fix_needed(),
  must_fix_open: () => m.room_bar_must_fix_open(),
  fail_reason_missing: () => m.room_block_fail_reason(),
  items_not_concrete: (block) => m.room_block_vague({ count: count(block.items) }),
  severe_defect_stands: () => m.room_bar_defect(),
  opinions_not_handled: (block) => m.room_missing_unhandled({ count: Number(block.count) }),
}
const count = (list: unknown) => (Array.isArray(list) ? list.length : 0)

function conclusion(params: Record<string, unknown>): string {
  const found = Array.isArray(params.blocks) ? (params.blocks as Record<string, unknown>[]) : []
  const words = found.flatMap((block) => blocks[String(block.code)]?.(block) ?? [])
  return m.room_error_conclusion({ what: words.join(m.room_list_semicolon()) })
}

registerErrorTexts({
  E_NOT_NOW: () => m.room_error_not_now(),
  E_SEALED: () => m.room_error_sealed(),
  E_PAGE: (params) => m.room_error_page({ pages: String(params.pages ?? '') }),
  E_DEFECT_ITEM: () => m.room_hint_defect(),
  E_OPINION_EMPTY: () => m.room_hint_requirement(),
  E_NOTHING_TO_SUBMIT: () => m.room_error_nothing(),
  E_NO_DRAFT: () => m.room_error_no_draft(),
  E_ITEM_CHANGED: () => m.room_error_item_changed(),
  E_OPINION_TAKEN: () => m.room_error_taken(),
  E_NO_ITEM: () => m.room_error_no_item(),
  E_DEFECT_STANDS: () => m.room_error_defect_stands(),
  E_NO_DEFECT: () => m.room_error_no_defect(),
  E_NOT_PRESENTING: () => m.room_error_not_presenting(),
  E_NOT_HERE: () => m.room_error_not_here(),
  E_NOT_HANDED_IN: () => m.room_error_not_handed_in(),
  E_NOT_ALL_HANDED_IN: () => m.room_error_not_all_handed_in(),
  E_MEMBER_IS_HERE: () => m.room_error_member_here(),
  E_LEADER_IS_HERE: () => m.room_error_leader_here(),
  E_ELECT_A_LEADER_FIRST: () => m.room_error_elect_first(),
  E_ONE_SCRIBE: () => m.room_error_one_scribe(),
  E_NO_DELEGATE: () => m.room_error_no_delegate(),
  E_STAGE: () => m.room_error_stage(),
  E_REASON: () => m.room_error_reason(),
  E_TOO_EARLY: (params) =>
    m.room_error_too_early({ time: params.earliest ? dateTime(String(params.earliest)) : '' }),
  E_QUORUM: (params) =>
    m.room_block_no_quorum({ have: String(params.have ?? ''), need: String(params.need ?? '') }),
  E_NO_CONCLUSION: () => m.room_error_no_conclusion(),
  E_CONCLUSION: conclusion,
  E_DISGUISED_DEFECT: () => m.room_error_disguised(),
  E_CONSENT: () => m.room_error_consent(),
  E_NOT_CONSENTED: () => m.room_error_consent(),
  E_NOT_SCHEDULED: () => m.room_error_not_scheduled(),
  E_DOOR_CLOSED: (params) => m.room_error_door({ time: params.opens ? dateTime(String(params.opens)) : '' }),
  E_MEETING_ENDED: () => m.room_out_ended(),
  E_DELIBERATION: () => m.room_out_deliberation(),
  E_NOT_A_PARTY: () => m.room_error_not_a_party(),
  E_ATTENDEE: () => m.room_error_attendee(),
  E_HAND_IS_UP: () => m.room_error_hand_up(),
  E_HAND_IS_DOWN: () => m.room_error_hand_down(),
  E_ITEM_EXISTS: () => m.room_error_item_exists(),
  E_NOT_A_MEMBER: () => m.room_error_not_a_member(),
  E_OPINION_NOT_IN_ITEM: () => m.room_error_opinion_elsewhere(),
  E_POSITION: () => m.room_error_position(),
  E_SUSPENDED: () => m.room_error_suspended(),
  E_PHOTO: () => m.room_error_photo(),
})

/** The sentence for an operation's refusal. */
export function refusalText({ code, ...params }: Refused): string {
  return errorText(new ApiError({ status: 422, code, params }))
}
