import type { OpinionFields } from '@shared/room/protocol.ts'

/** An opinion as a mark on the plan and a line in a list, whoever wrote it. */
export interface Pin {
  id: string
  label: string
  page: number | null
  region: OpinionFields['region']
  severe: boolean
  /** Own and not handed in yet. */
  draft: boolean
}

export const emptyFields = (page: number | null): OpinionFields => ({
  page,
  region: null,
  place: '',
  finding: '',
  basis: '',
  requirement: '',
  kind: 'must_fix',
  defect: null,
  chapter: null,
})
