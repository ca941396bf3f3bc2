/** A point at which the media time (ms since the track's start) and the wall clock (ms since 1970) are known. */
export interface ClockPoint {
  mediaMs: number
  wallMs: number
}

export interface SenderReport {
  /** Arrival on the recorder's clock. */
  at: number
  media: number
  /** The publisher's own wall clock, which may be wrong by any amount. */
  publisher: number
}

export interface Anchor {
  media: number
  /** Least (arrival − media) around that time. */
  least: number
}

/** Publisher clocks are compared over this much time around a report: long enough to meet a quick packet. */
const WINDOW_MS = 30_000
/** A change of more than this between two reports is a step, not drift. */
const STEP_MS = 60
const ENVELOPE_MS = 1500

/**
 * How far the recorder's clock is ahead of the publisher's at that publisher time, by the least (arrival − report)
 * of all reports of the participant around it. One participant's sound and picture share it, so they stay together.
 */
export function publisherOffsetMs(reports: readonly SenderReport[], publisherMs: number): number {
  const near = reports.filter((report) => Math.abs(report.publisher - publisherMs) <= WINDOW_MS)
  return Math.min(...(near.length > 0 ? near : reports).map((report) => report.at - report.publisher))
}

/**
 * The wall time of a track's media time: straight lines between sender reports. A step between two of them (an
 * overloaded page's sound slips) is put where the arrival minimum jumps. Without reports the arrival minimum is all
 * there is, and it includes the least delay of the network.
 */
export function clockMap(
  reports: readonly SenderReport[],
  anchors: readonly Anchor[],
  participantReports: readonly SenderReport[],
  startedAtMs: number
): (mediaMs: number) => number {
  const points = reports
    .map((report) => ({
      mediaMs: report.media,
      wallMs: report.publisher + publisherOffsetMs(participantReports, report.publisher),
    }))
    .sort((a, b) => a.mediaMs - b.mediaMs)
  if (points.length === 0) return byAnchors(anchors, startedAtMs)
  return piecewise([
    ...outside(points[0]!, anchors, 'before'),
    ...withSteps(points, anchors),
    ...outside(points.at(-1)!, anchors, 'after'),
  ])
}

function byAnchors(anchors: readonly Anchor[], startedAtMs: number): (mediaMs: number) => number {
  if (anchors.length === 0) return (mediaMs) => startedAtMs + mediaMs
  return piecewise(anchors.map((anchor) => ({ mediaMs: anchor.media, wallMs: anchor.media + anchor.least })))
}

/** Before the first point and after the last the clocks run at the same speed. */
function piecewise(points: readonly ClockPoint[]): (mediaMs: number) => number {
  return (mediaMs) => {
    const after = firstAfter(points, mediaMs)
    if (after === 0) return mediaMs + offset(points[0]!)
    if (after === points.length) return mediaMs + offset(points.at(-1)!)
    const left = points[after - 1]!
    const right = points[after]!
    const share = (mediaMs - left.mediaMs) / (right.mediaMs - left.mediaMs)
    return left.wallMs + share * (right.wallMs - left.wallMs)
  }
}

/** Index of the first point later than that media time, by halving: this runs for each frame of hours. */
function firstAfter(points: readonly ClockPoint[], mediaMs: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (points[middle]!.mediaMs > mediaMs) high = middle
    else low = middle + 1
  }
  return low
}

function withSteps(points: readonly ClockPoint[], anchors: readonly Anchor[]): ClockPoint[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1]
    if (next === undefined || Math.abs(offset(next) - offset(point)) <= STEP_MS) return [point]
    const stepAt = largestJump(anchors.filter(({ media }) => media > point.mediaMs && media < next.mediaMs))
    if (stepAt === null) return [point]
    return [
      point,
      { mediaMs: stepAt, wallMs: stepAt + offset(point) },
      { mediaMs: stepAt, wallMs: stepAt + offset(next) },
    ]
  })
}

/**
 * Where no report bounds a stretch (before the first, after the last, a short track) the arrival minimum goes on from
 * the nearest report: the report says how far away the publisher is, the minimum how its clock moves.
 */
function outside(point: ClockPoint, anchors: readonly Anchor[], side: 'before' | 'after'): ClockPoint[] {
  const reference = envelope(anchors, point.mediaMs)
  if (reference === null) return []
  return anchors
    .filter(({ media }) => (side === 'before' ? media < point.mediaMs : media > point.mediaMs))
    .map(({ media }) => ({
      mediaMs: media,
      wallMs: media + offset(point) + envelope(anchors, media)! - reference,
    }))
}

/** The lower envelope of the arrival minimum: one slow second must not bend the clock. */
function envelope(anchors: readonly Anchor[], mediaMs: number): number | null {
  const near = anchors.filter(({ media }) => Math.abs(media - mediaMs) <= ENVELOPE_MS)
  return near.length === 0 ? null : Math.min(...near.map(({ least }) => least))
}

function offset(point: ClockPoint): number {
  return point.wallMs - point.mediaMs
}

function largestJump(anchors: readonly Anchor[]): number | null {
  let at: number | null = null
  let largest = 0
  for (let index = 1; index < anchors.length; index += 1) {
    const jump = Math.abs(anchors[index]!.least - anchors[index - 1]!.least)
    if (jump <= largest) continue
    largest = jump
    at = anchors[index]!.media
  }
  return at
}
