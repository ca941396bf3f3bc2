export { openInspection } from '#supervision/actions/open_inspection'
export { openRecording } from '#supervision/actions/open_recording'
export { closeInspection } from '#supervision/actions/close_inspection'
export { writeFinding } from '#supervision/actions/write_finding'
