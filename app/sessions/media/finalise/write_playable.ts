import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  FilePathTarget,
  Output,
  WebMOutputFormat,
} from 'mediabunny'
import { OPUS_HEAD } from '../recorder/opus.ts'
import type { MediaFrame } from '../recorder/webm_bytes.ts'

export interface Playable {
  video: AsyncGenerator<MediaFrame> | null
  audio: AsyncGenerator<MediaFrame> | null
  /** Largest picture in pixels. */
  size: { width: number; height: number }
}

/**
 * Writes one WebM with cues and duration, streaming: memory does not grow with the length. Gives the duration in ms,
 * the size in bytes and the SHA-256.
 */
export async function writePlayable(
  path: string,
  playable: Playable
): Promise<{ durationMs: number; bytes: number; sha256: string }> {
  const partial = `${path}.part`
  const output = new Output({ format: new WebMOutputFormat(), target: new FilePathTarget(partial) })
  const video = new EncodedVideoPacketSource('vp8')
  const audio = new EncodedAudioPacketSource('opus')
  if (playable.video) output.addVideoTrack(video)
  if (playable.audio) output.addAudioTrack(audio)
  await output.start()

  const videoMeta = {
    decoderConfig: { codec: 'vp8', codedWidth: playable.size.width, codedHeight: playable.size.height },
  }
  const audioMeta = {
    decoderConfig: { codec: 'opus', numberOfChannels: 2, sampleRate: 48_000, description: OPUS_HEAD },
  }
  let durationMs = 0
  for await (const { from, frame } of inTurn(playable.video, playable.audio)) {
    durationMs = Math.max(durationMs, frame.timeMs)
    const packet = new EncodedPacket(frame.data, frame.keyFrame ? 'key' : 'delta', frame.timeMs / 1000, 0)
    if (from === 'video') await video.add(packet, videoMeta)
    else await audio.add(packet, audioMeta)
  }
  await output.finalize()
  const sha256 = await hashFile(partial)
  const { size } = await stat(partial)
  await rename(partial, path)
  return { durationMs, bytes: size, sha256 }
}

/** Both streams merged by time. */
async function* inTurn(video: Playable['video'], audio: Playable['audio']) {
  let nextVideo = await video?.next()
  let nextAudio = await audio?.next()
  for (;;) {
    const videoMs = nextVideo && !nextVideo.done ? nextVideo.value.timeMs : Infinity
    const audioMs = nextAudio && !nextAudio.done ? nextAudio.value.timeMs : Infinity
    if (videoMs === Infinity && audioMs === Infinity) return
    if (videoMs <= audioMs) {
      yield { from: 'video' as const, frame: nextVideo!.value as MediaFrame }
      nextVideo = await video!.next()
    } else {
      yield { from: 'audio' as const, frame: nextAudio!.value as MediaFrame }
      nextAudio = await audio!.next()
    }
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
