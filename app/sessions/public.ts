export {
  meetingRecord,
  type MeetingRecord,
  type RecordedItem,
  type RecordedOpinion,
  type RecordedSeat,
} from '#sessions/queries/meeting_record'
export { attendanceOf, type Attendee } from '#sessions/queries/attendance'
export { recordingOf, type RecordingOf } from '#sessions/queries/recording_of'
export { onConcluded } from '#sessions/events/concluded'
export { performOperation } from '#sessions/actions/perform_operation'
export { giveConsent, signInToMeeting, acknowledgePlan } from '#sessions/actions/person_in_session'
export { scheduleMeeting } from '#sessions/actions/schedule_meeting'
export { setUpSession } from '#sessions/actions/set_up_session'
export { meetingMedia } from '#sessions/recording/meeting_media'
export { closeSpan, openSpan } from '#sessions/presence/spans'
export { settleRoom } from '#sessions/presence/settle'
export { beginRecording, tellRecording } from '#sessions/recording/recording_rows'
export { finishRecording } from '#sessions/recording/finish_recording'
export { writeDemoTrack } from '#sessions/media/demo_media'
