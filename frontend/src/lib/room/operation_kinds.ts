import type { OperationType } from '@shared/room/protocol.ts'

/**
 * What is kept on this machine and sent whenever the line is back: what a person wrote or stated, whose
 * meaning does not fade. Anything else (turning a page, raising a hand, opening the meeting) is of the
 * moment, and without a line it is refused at once.
 */
const lasting: ReadonlySet<OperationType> = new Set<OperationType>([
  'opinion.save',
  'opinion.discard',
  'opinion.submit',
  'opinion.answer',
  'defect.withdraw',
  'defect.propose',
  'defect.agree',
  'item.text',
  'item.set',
  'item.confirm',
  'item.object',
  'opinion.leave_out',
  'opinion.take_back',
  'judgement.set',
  'chat.say',
])

export const isLasting = (type: OperationType): boolean => lasting.has(type)

/** Refusals that pass by themselves: the operation stays and is sent again. */
const passing: ReadonlySet<string> = new Set(['E_TOO_MANY', 'E_UNAVAILABLE', 'E_BUSY'])

export const isPassing = (code: string): boolean => passing.has(code)
