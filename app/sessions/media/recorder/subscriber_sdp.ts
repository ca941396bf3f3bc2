/** A track as the server's offer names it. */
export interface OfferedTrack {
  mid: string
  kind: 'audio' | 'video'
  participantSid: string
  trackSid: string
  ssrc: number
  /** Retransmissions come under an SSRC of their own (RFC 4588). */
  rtxSsrc: number | null
}

/**
 * The tracks that an offer sends. m-lines are reused for other tracks and stay there, inactive, after a track has
 * gone: what counts is their present direction and SSRC.
 */
export function offeredTracks(sdp: string): OfferedTrack[] {
  const sections = sdp.split(/\r?\n(?=m=)/).slice(1)
  return sections.map(parseSection).filter((track) => track !== null)
}

function parseSection(section: string): OfferedTrack | null {
  const lines = section.split(/\r?\n/)
  const kind = /^m=(audio|video) /.exec(lines[0] ?? '')?.[1]
  if (kind !== 'audio' && kind !== 'video') return null
  if (lines.includes('a=inactive') || lines.includes('a=recvonly')) return null

  const mid = valueOf(lines, 'a=mid:')
  const stream = /^a=msid:([^ |]+)(?:\|\S*)? (\S+)/m.exec(section)
  const ssrcs = [...section.matchAll(/^a=ssrc:(\d+) /gm)].map((match) => Number(match[1]))
  const pair = /^a=ssrc-group:FID (\d+) (\d+)/m.exec(section)
  const ssrc = pair ? Number(pair[1]) : ssrcs[0]
  if (!mid || !stream || ssrc === undefined) return null
  return {
    mid,
    kind,
    participantSid: stream[1]!,
    trackSid: stream[2]!,
    ssrc,
    rtxSsrc: pair ? Number(pair[2]) : null,
  }
}

function valueOf(lines: string[], prefix: string): string | null {
  return lines.find((line) => line.startsWith(prefix))?.slice(prefix.length) ?? null
}
