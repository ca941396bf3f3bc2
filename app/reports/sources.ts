import type { Conclusion } from '#reviews/public'

/** What the report takes from the meeting, once it has concluded. */
export interface MeetingFacts {
  readonly versionId: string
  readonly startedAt: Date
  readonly endedAt: Date
  readonly mode: string
  readonly place: string
  /** Name of who led through the meeting for the organiser or its agency. */
  readonly host: string
  /** 踏勘情况 in words; empty where there was none. */
  readonly survey: string
  /** Those who sat when the panel concluded, by letter; alternates that did not step in are not among them. */
  readonly seats: readonly MeetingSeat[]
  /** As handed in, each by its author. */
  readonly opinions: readonly MeetingOpinion[]
  /** The panel's items in their order. */
  readonly items: readonly MeetingItem[]
  /** Numbers of the severe defects that stand, as 二.5. */
  readonly severeDefects: readonly string[]
  readonly judgements: { readonly complete: string; readonly calculations: string; readonly site: string }
  readonly conclusion: {
    readonly code: Conclusion
    /** Of a 不通过. */
    readonly reasons: string
    readonly dissents: readonly {
      readonly letter: string
      readonly conclusion: Conclusion
      readonly reason: string
    }[]
  }
  readonly attendance: readonly MeetingAttendee[]
  /** MEET-2: those whom the regulation requires, in its order and words. */
  readonly required: readonly {
    readonly role: string
    readonly name: string
    readonly delegate: boolean
    /** Why the meeting went on without; null for who came. */
    readonly waivedBecause: string | null
  }[]
}

export interface MeetingSeat {
  readonly userId: string
  readonly letter: string
  readonly role: 'leader' | 'expert'
  readonly name: string
  readonly employer: string
  readonly position: string
  readonly title: string
  readonly specialty: string
  readonly rosterNo: string
}

export interface MeetingOpinion {
  /** As B2: the author's letter and the number. */
  readonly label: string
  readonly place: string
  readonly page: number | null
  readonly text: string
  readonly basis: string
}

export interface MeetingItem {
  readonly kind: 'must_fix' | 'advice'
  readonly text: string
  readonly place: string
  readonly page: number | null
  readonly basis: string
  /** Labels of the opinions that it was merged from (CONC-4). */
  readonly sources: readonly string[]
}

export interface MeetingAttendee {
  readonly name: string
  readonly organisation: string
  readonly position: string
  /** Masked: the sheet goes to everybody who holds the report (SEC-1). */
  readonly mobile: string
  readonly isExpert: boolean
  readonly joinedAt: Date
  readonly leftAt: Date | null
  readonly signedInAt: Date | null
  /** Of the photograph taken at sign-in; null where none was taken. */
  readonly photoSha256: string | null
}

/** What annex ⑥ (抽取单) says. */
export interface DrawFacts {
  readonly number: string
  readonly at: Date
  readonly pool: number
  readonly rows: readonly {
    readonly order: number
    readonly name: string
    readonly employer: string
    readonly specialty: string
    readonly outcome: string
  }[]
  /** For the verification page: what recomputes the draw. */
  readonly digests: readonly { readonly label: string; readonly value: string }[]
}

export interface ReportSources {
  /** Null while the panel has not concluded. */
  meeting(reviewId: string): Promise<MeetingFacts | null>
  /** Null where the review had no draw of ours. */
  draw(reviewId: string): Promise<DrawFacts | null>
}

let connected: ReportSources | null = null

/** Says where reports take their facts from: the modules below, connected once at boot. */
export function readReportsFrom(sources: ReportSources): void {
  connected = sources
}

/** @throws before anything is connected. */
export function reportSources(): ReportSources {
  if (!connected) throw new Error('Reports are connected to no meeting')
  return connected
}
