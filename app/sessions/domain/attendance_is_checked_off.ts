import type { Regulation } from '#core/regulation/types'

export type Attendee = { role: string; present: boolean; is_delegate: boolean; letter_file_id: string | null }

export type AttendanceFault =
  | { code: 'attendee_missing'; role: string }
  | { code: 'delegate_not_allowed'; role: string }
  | { code: 'delegate_without_letter'; role: string }

/**
 * Rule MEET-2 (notice 31 of 2018; NN 4(5)). Who the regulation wants at the meeting, checked off by role;
 * those of parties that are not appointed are left aside. With a fault the leader decides whether to go on,
 * and the report says so.
 */
export function attendanceFaults(
  attendees: readonly Attendee[],
  appointedParties: readonly string[],
  regulation: Regulation
): AttendanceFault[] {
  return regulation.attendees
    .filter((wanted) => appointedParties.includes(wanted.party))
    .flatMap((wanted): AttendanceFault[] => {
      const here = attendees.filter((one) => one.role === wanted.code && one.present)
      if (here.length === 0) return [{ code: 'attendee_missing', role: wanted.code }]
      if (here.some((one) => !one.is_delegate)) return []
      if (!wanted.delegate_allowed) return [{ code: 'delegate_not_allowed', role: wanted.code }]
      const letter = here.some((one) => one.letter_file_id !== null)
      return letter ? [] : [{ code: 'delegate_without_letter', role: wanted.code }]
    })
}

/** Rule MEET-6 (PIPL). Recording may start when everybody who is here has agreed; hands back who has not. */
export function missingConsents(present: readonly { person: string; consented_at: Date | null }[]): string[] {
  return present.filter((one) => one.consented_at === null).map((one) => one.person)
}
