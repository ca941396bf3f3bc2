/** What the server says to an expert of draws in whose pool they stood. Instants are ISO strings. */
import type { OwnProof } from '@shared/draw/check_own_place.ts'
import type { Beacon, CallView, Progress, Vocabulary } from './types.ts'

/** A look at one's contact data. */
export interface Look {
  id: string
  at: string
  until: string | null
  purpose: string
  by: string
  organisation: string | null
}

/** A draw in whose pool one stood. */
export interface OwnDrawItem {
  id: string
  number: string
  status: Progress['status']
  categories: string[]
  committedAt: string
  excluded: string[]
  seat: number | null
  state: string | null
}

export interface Fraction {
  num: string
  den: string
}

export interface OwnDraw {
  vocabulary: Vocabulary
  id: string
  number: string
  status: Progress['status']
  categories: string[]
  committedAt: string
  completedAt: string | null
  pool: { matched: number; eligible: number; employers: number }
  rosterNo: string
  specialty: string
  isMain: boolean
  cameBy: { step: string; from: string } | null
  excluded: string[]
  /** Which of one's own employers a reason follows from. */
  because: { code: string; employer: string }[]
  chance: Fraction | null
  outcome:
    | {
        by: 'cell'
        drawn: boolean
        ticket: string
        cellTicket: string
        /** Null while it would tell of others, as `taken` and `firstPin`. */
        place: number | null
        experts: number
        taken: number | null
      }
    | { by: 'ruler'; drawn: boolean; ticket: string; from: Fraction; to: Fraction; firstPin: Fraction | null }
    | null
  replacements: { number: number; seat: number; candidates: number; ticket: string; place: number }[]
  seat: {
    seatId: string
    seat: number
    state: string
    replacesSeat: number | null
    reasonCode: string | null
    invitedAt: string | null
    answerDueAt: string | null
    answeredAt: string | null
    calls: CallView[]
  } | null
  looks: Look[]
  beacon: Beacon | null
  proof: OwnProof & { logIndex: number }
}
