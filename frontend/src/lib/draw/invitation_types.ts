/** What the server says of an invitation to the one invited. Instants are ISO strings. */
import type { Look } from './own_types.ts'
import type { CallView, Meeting, Vocabulary } from './types.ts'

export interface InvitationListItem {
  seatId: string
  number: string
  planName: string
  projectName: string
  meetingAt: string | null
  mode: 'on_site' | 'remote' | null
  state: string
  invitedAt: string
  answerDueAt: string | null
}

export interface InvitationView {
  seatId: string
  vocabulary: Vocabulary
  number: string
  state: string
  role: string | null
  letter: string | null
  reasonCode: string | null
  plan: {
    name: string
    number: string
    projectName: string
    place: string
    works: { category: string; parameters: Record<string, number | boolean> }[]
    organiser: string
    agency: string | null
    parties: { kind: string; name: string | null }[]
  }
  reviewId: string
  reviewState: string
  meeting: Meeting | null
  invitedAt: string
  answerDueAt: string
  answeredAt: string | null
  specialty: string
  calls: CallView[]
  looks: Look[]
  draw: {
    seat: number
    ticket: string
    rosterNo: string
    eligible: number
    employers: number
    replacement: boolean
    chance: { num: string; den: string }
  }
}
