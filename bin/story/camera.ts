import type { BrowserContext } from 'playwright-core'

/** Colours of background, shoulders and face, by how many have had one. */
const LOOKS = [
  ['#e2ebf4', '#3c6791', '#8aa4c5'],
  ['#f3e9de', '#92643a', '#c4a27e'],
  ['#e1f6e5', '#43a86a', '#8bd1a7'],
]

/**
 * A camera that shows a drawn head and the time, each person their own: the browser's test picture is the
 * same for everybody. The microphone stays the browser's test sound.
 */
export async function giveCamera(context: BrowserContext, name: string, index: number): Promise<void> {
  const [ground, body, face] = LOOKS[index % LOOKS.length]!
  await context.addInitScript(
    ({ name, ground, body, face }) => {
      const devices = navigator.mediaDevices
      if (!devices) return
      const real = devices.getUserMedia.bind(devices)
      const draw = (canvas: HTMLCanvasElement) => {
        const pen = canvas.getContext('2d')!
        const oval = (x: number, y: number, rx: number, ry: number, colour: string) => {
          pen.fillStyle = colour
          pen.beginPath()
          pen.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2)
          pen.fill()
        }
        return () => {
          const now = Date.now()
          pen.fillStyle = ground
          pen.fillRect(0, 0, 640, 360)
          oval(320 + Math.sin(now / 900) * 4, 390, 150, 140, body)
          oval(320 + Math.sin(now / 900) * 6, 165, 68, 84, face)
          oval(320 + Math.sin(now / 900) * 6, 202, 20, 3 + Math.abs(Math.sin(now / 180)) * 7, body)
          pen.fillStyle = body
          pen.font = '600 26px sans-serif'
          pen.fillText(name, 24, 44)
          pen.font = '18px monospace'
          pen.fillText(new Date(now).toISOString().slice(11, 21), 24, 72)
        }
      }
      devices.getUserMedia = async (wanted) => {
        const stream = await real(wanted)
        if (!wanted?.video) return stream
        const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 })
        setInterval(draw(canvas), 80)
        for (const track of stream.getVideoTracks()) {
          track.stop()
          stream.removeTrack(track)
        }
        stream.addTrack(canvas.captureStream(12).getVideoTracks()[0]!)
        return stream
      }
    },
    { name, ground: ground!, body: body!, face: face! }
  )
}
