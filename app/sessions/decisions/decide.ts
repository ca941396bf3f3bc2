import type { Operation, OperationPayloads, OperationType } from '#lib/room/operations'
import * as defects from '#sessions/decisions/defects'
import * as floor from '#sessions/decisions/floor'
import * as items from '#sessions/decisions/items'
import * as meeting from '#sessions/decisions/meeting'
import * as opinions from '#sessions/decisions/opinions'
import * as people from '#sessions/decisions/people'
import * as votes from '#sessions/decisions/votes'
import type { Decision, Scene } from '#sessions/decisions/scene'

/** The text of an item lives in a document that only the database holds, so it is decided beside it. */
type Decided = Exclude<OperationType, 'item.text'>
type Decider<T extends OperationType> = (
  scene: Scene,
  payload: OperationPayloads[T],
  opId: string
) => Decision

const DECIDERS: { readonly [T in Decided]: Decider<T> } = {
  'opinion.save': opinions.saveOpinion,
  'opinion.discard': opinions.discardOpinion,
  'opinion.submit': opinions.submitOpinions,
  'defect.withdraw': defects.withdrawDefect,
  'defect.propose': defects.proposeReclassification,
  'defect.agree': defects.agreeReclassification,
  'item.create': items.createItem,
  'item.merge': items.mergeIntoItem,
  'item.release': items.releaseFromItem,
  'item.move': items.moveItem,
  'item.set': items.setItem,
  'opinion.leave_out': items.leaveOut,
  'opinion.take_back': items.takeBack,
  'opinion.answer': votes.answerLeftOut,
  'item.confirm': votes.confirmItem,
  'item.object': votes.objectToItem,
  'judgement.set': votes.setJudgement,
  'conclusion.propose': votes.proposeConclusion,
  'conclusion.vote': votes.voteConclusion,
  'leader.elect': votes.electLeader,
  'meeting.open': meeting.openMeeting,
  'stage.set': meeting.setStage,
  'meeting.pause': meeting.pauseMeeting,
  'meeting.resume': meeting.resumeMeeting,
  'meeting.deliberate': meeting.deliberate,
  'meeting.read_out': meeting.readOut,
  'meeting.conclude': meeting.conclude,
  'meeting.adjourn': meeting.adjourn,
  'scribe.admit': people.admitScribe,
  'scribe.dismiss': people.dismissScribe,
  'alternate.step_in': people.stepIn,
  'attendee.check': people.checkAttendee,
  'attendee.waive': people.waiveAttendee,
  'page.turn': floor.turnPage,
  'presenter.set': floor.setPresenter,
  'hand.raise': floor.raiseHand,
  'hand.lower': floor.lowerHand,
  'chat.say': floor.say,
}

/** What an operation leads to, or why it is refused. Pure; the opId names what the operation makes. */
export function decide(scene: Scene, operation: Operation): Decision {
  const decider = DECIDERS[operation.type as Decided] as Decider<OperationType>
  return decider(scene, operation.payload, operation.opId)
}
