import type { ResumeError } from '#ledger/resume/resume_ledger'

/** A refusal of `ledger:resume` in a sentence, its code first: docs/operations.md says what to do about each. */
export function refusedToResume(error: ResumeError): string {
  return `${error.code}: ${sentence(error)}`
}

function sentence(error: ResumeError): string {
  switch (error.code) {
    case 'nobody_vouches':
      return 'nobody can say how far the log went. VAR_DIR/ledger-head is not here, and no witness that has cosigned this log answers: start it, and set WITNESS_URL to its address, or put the ledger-head folder back.'
    case 'not_behind':
      return 'the published log ends where the database does, and so does what was signed: there is nothing to resume.'
    case 'source_too_short':
      return `the published log has ${error.size} entries; the database has ${error.database}, signed were ${error.signed}, the witness saw ${error.witness ?? 'none, or does not answer'}. Take a newer export or mirror.`
    case 'source_differs':
      return `the published log is another one than was signed, stored or cosigned up to entry ${error.size}. Find out which is right before anything else.`
    case 'source_incomplete':
      return `the published log lacks ${error.path}. Take a whole export or mirror.`
    case 'source_not_signed':
      return `its checkpoint is not signed by this log (${error.why}). Take the export or mirror of this log, and the keys folder that belongs to it.`
    case 'source_altered':
      return `entry ${error.index} of it is not what was signed. Take another export or mirror.`
  }
}

/** Which entries came back as leaves alone. */
export function lostContent(from: number, to: number): string {
  if (from === to) return 'nothing is lost'
  if (to - from === 1) return `the content of entry ${from} is lost`
  return `the content of entries ${from} to ${to - 1} is lost`
}
