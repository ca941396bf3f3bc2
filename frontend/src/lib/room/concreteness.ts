import type { OpinionFields } from '@shared/room/protocol.ts'

/** What an opinion lacks (MEET-5); `vague` carries the phrase. */
export type Hint =
  { code: 'place' | 'basis' | 'requirement' | 'defect' | 'short' } | { code: 'vague'; phrase: string }

/** Phrases that ask for nothing in particular when they are all there is. */
const vague = [
  '进一步完善',
  '加强管理',
  '加强监测',
  '按规范执行',
  '按规范要求',
  '满足规范要求',
  '确保安全',
  '适当调整',
  '注意安全',
  '补充完善',
]
const shortest = 8

/**
 * MEET-5 as the person writes: a must-fix item and a severe defect say where, on what basis and what is
 * required; advice says what. The server decides; this only points it out while there is time.
 */
export function hintsOf(fields: OpinionFields): Hint[] {
  const strict = fields.kind !== 'advice'
  const requirement = fields.requirement.trim()
  const hints: Hint[] = []
  if (strict && fields.page === null && fields.place.trim() === '') hints.push({ code: 'place' })
  if (strict && fields.basis.trim() === '') hints.push({ code: 'basis' })
  if (fields.kind === 'severe_defect' && fields.defect === null) hints.push({ code: 'defect' })
  if (requirement === '') return [...hints, { code: 'requirement' }]
  const rest = vague.reduce((text, phrase) => text.replaceAll(phrase, ''), requirement)
  if ([...rest.replace(/[\p{P}\s]/gu, '')].length >= shortest) return hints
  const phrase = vague.find((one) => requirement.includes(one))
  return [...hints, phrase === undefined ? { code: 'short' } : { code: 'vague', phrase }]
}

/** Without these the server takes no opinion in. */
export function blockingHint(fields: OpinionFields): Hint | null {
  if (fields.kind === 'severe_defect' && fields.defect === null) return { code: 'defect' }
  if (fields.requirement.trim() === '' && fields.finding.trim() === '') return { code: 'requirement' }
  return null
}
