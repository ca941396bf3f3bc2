/** What can be wrong with a camera or microphone, each with words of its own and what to do. */
export type DeviceProblem = 'insecure' | 'blocked' | 'dismissed' | 'none_found' | 'in_use' | 'unknown'
export type DeviceKind = 'camera' | 'microphone'
export type DeviceTry = { ok: true; stream: MediaStream } | { ok: false; problem: DeviceProblem }

/** Asks the browser for one device. Never throws. */
export async function tryDevice(kind: DeviceKind, deviceId?: string): Promise<DeviceTry> {
  // Browsers give no devices to pages that are not HTTPS (127.0.0.1 aside).
  if (!navigator.mediaDevices) return { ok: false, problem: 'insecure' }
  const wanted = deviceId ? { deviceId: { exact: deviceId } } : true
  try {
    const stream = await navigator.mediaDevices.getUserMedia(
      kind === 'camera' ? { video: wanted } : { audio: wanted }
    )
    return { ok: true, stream }
  } catch (error) {
    return { ok: false, problem: await problemOf(error, kind) }
  }
}

async function problemOf(error: unknown, kind: DeviceKind): Promise<DeviceProblem> {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none_found'
  if (name === 'NotReadableError' || name === 'AbortError') return 'in_use'
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    // Refused for good, or only the question closed: the way out differs.
    return (await permissionOf(kind)) === 'denied' ? 'blocked' : 'dismissed'
  }
  return 'unknown'
}

async function permissionOf(kind: DeviceKind): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name: kind as PermissionName })).state
  } catch {
    // Not every browser knows these names; then nobody can say.
    return null
  }
}

export async function devicesOf(kind: DeviceKind): Promise<{ id: string; label: string }[]> {
  if (!navigator.mediaDevices) return []
  const wanted = kind === 'camera' ? 'videoinput' : 'audioinput'
  const all = await navigator.mediaDevices.enumerateDevices()
  return all
    .filter((one) => one.kind === wanted && one.deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}

export function stopStream(stream: MediaStream | null | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}
