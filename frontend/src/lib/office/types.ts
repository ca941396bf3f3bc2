export interface OfficeCapacity {
  id: string
  userId: string
  name: string
  kind: string
  title: string | null
  organisation: string | null
  since: string
  secondFactor: boolean
  confirmed: { by: string; at: string } | null
  /** Whether the reader may confirm or end it. */
  mine: boolean
}

export interface Feedback {
  id: string
  name: string
  capacity: string
  text: string
  at: string
  answer: { text: string; by: string; at: string } | null
}
