import { m } from '#paraglide/messages.js'

/** What a finding is about, by the server's code. */
export const subjectWords: Record<string, () => string> = {
  organisation: m.playback_subject_organisation,
  attendance: m.playback_subject_attendance,
  opinions: m.playback_subject_opinions,
  conclusion: m.playback_subject_conclusion,
  draw: m.playback_subject_draw,
  recording: m.playback_subject_recording,
  other: m.playback_subject_other,
}
