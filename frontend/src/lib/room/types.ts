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

/** The panel by letter, then everybody else by name. */
export function byPlace(
  one: { letter: string | null; name: string },
  other: { letter: string | null; name: string }
): number {
  if (one.letter !== null && other.letter !== null) return one.letter < other.letter ? -1 : 1
  if (one.letter !== null || other.letter !== null) return one.letter !== null ? -1 : 1
  return one.name.localeCompare(other.name, 'zh-CN')
}
