/**
 * The recorder of one review, a process of its own: started by the app with an IPC channel and one argument,
 * its configuration as JSON. Runs on Node's own type stripping, without a loader, to stay small.
 */
import { enlargeUdpReceiveBuffers } from '../app/sessions/media/recorder/udp_receive_buffer.ts'

let obtained = 0
// Before anything that opens a UDP socket is loaded.
enlargeUdpReceiveBuffers((bytes) => (obtained = bytes))
const { runRecorder } = await import('../app/sessions/media/recorder/recorder_process.ts')

const argument = process.argv[2]
if (argument === undefined || process.send === undefined) {
  console.error('bin/recorder.ts is started by the app, with its configuration as JSON and an IPC channel')
  process.exit(2)
}
await runRecorder(JSON.parse(argument), () => obtained)
process.exit(0)
