/** Pictures of a draw as the server gives them: the ruler where caps alone decide, rounding steps with quotas. */

interface Chances {
  cap: number
  highest: number
  lowest: number
  /** Decimal text, since it passes what a number holds. */
  possibleSets: string
}

/** Where caps alone decide, a ruler; with quotas, rounding steps. */
export type Picture = Chances & (RulerPicture | RoundingPicture)

export interface RulerPicture {
  by: 'ruler'
  segments: { employer: number; at: number; size: number; pin: number | null }[]
  pins: { pin: number; seat: number; at: number }[]
  offset: number | null
}

export interface PictureSpecialty {
  /** Several main ones joined by "+". */
  specialty: string
  isMain: boolean
  min: number
  max: number
  experts: number
  employers: number
  expected: number
  highest: number
  lowest: number
  drawn: number | null
  seats: number[]
}
export interface PictureCell {
  employer: number
  specialty: string
  experts: number
  chance: { num: string; den: string }
  drawn: number | null
}
export interface PictureStep {
  step: number
  grew: { employer: number; specialty: string }[]
  shrank: { employer: number; specialty: string }[]
  by: number
  chance: number
  drawn: number
  limit: number
  first: boolean
}
export interface RoundingPicture {
  by: 'rounding'
  specialties: PictureSpecialty[]
  /** Empty for the public until the meeting has ended. */
  cells: PictureCell[]
  steps: PictureStep[]
}
