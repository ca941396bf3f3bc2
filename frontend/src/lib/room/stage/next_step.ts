import { m } from '#paraglide/messages.js'
import type { OperationPayloads, OperationType, Phase, Stage } from '@shared/room/protocol.ts'

export interface NextStep {
  word: string
  type: OperationType
  payload: OperationPayloads[OperationType]
  /** What it means, asked before it is done; none for what is easily gone on from. */
  warning?: string
  official?: boolean
}

const plain = (word: string, stage: Stage): NextStep => ({ word, type: 'stage.set', payload: { stage } })

/** The step of MEET-8 that leads on from here, for the leader or the host; null where it is not theirs. */
export function nextStep(
  phase: Phase,
  stage: Stage,
  who: { leads: boolean; hosts: boolean }
): NextStep | null {
  if (!who.leads && !who.hosts) return null
  if (phase === 'pre_review' || phase === 'scheduled') {
    return {
      word: m.room_step_open(),
      type: 'meeting.open',
      payload: {},
      warning: m.room_step_open_warning(),
    }
  }
  if (phase === 'in_session') {
    if (stage === 'sign_in') return plain(m.room_step_introduction(), 'introduction')
    if (stage === 'introduction') return plain(m.room_step_presentation(), 'presentation')
    if (stage === 'presentation') return plain(m.room_step_questions(), 'questions')
    if (!who.leads) return null
    return {
      word: m.room_step_deliberate(),
      type: 'meeting.deliberate',
      payload: {},
      warning: m.room_step_deliberate_warning(),
    }
  }
  if (phase === 'deliberation' && who.leads) {
    return {
      word: m.room_step_read_out(),
      type: 'meeting.read_out',
      payload: {},
      warning: m.room_step_read_out_warning(),
    }
  }
  if (phase === 'read_out' && stage === 'read_out') return plain(m.room_step_answers(), 'answers')
  if (phase === 'read_out' && who.leads) {
    return {
      word: m.room_step_conclude(),
      type: 'meeting.conclude',
      payload: {},
      warning: m.room_step_conclude_warning(),
      official: true,
    }
  }
  return null
}
