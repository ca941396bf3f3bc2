import db from '@adonisjs/lucid/services/db'
import {
  ACCOUNT_FAILURES,
  ADDRESS_FAILURES,
  afterFailure,
  lockedMinutes,
} from '#identity/domain/sign_in_locks_after_repeated_failures'

export interface SignInSubjects {
  /** Blind index of the mobile number, whether or not there is an account. */
  readonly account: string
  readonly address: string
}

const rows = (subjects: SignInSubjects) => [
  { subject: `account:${subjects.account}`, limit: ACCOUNT_FAILURES },
  { subject: `address:${subjects.address}`, limit: ADDRESS_FAILURES },
]

async function read(subject: string) {
  const row = await db.from('sign_in_failures').where('subject', subject).first()
  return row ? { failures: row.failures, lockedUntil: row.locked_until?.getTime() ?? null } : null
}

/** Minutes until sign-in opens again, or null. */
export async function minutesLocked(subjects: SignInSubjects): Promise<number | null> {
  for (const { subject } of rows(subjects)) {
    const minutes = lockedMinutes(await read(subject), Date.now())
    if (minutes !== null) return minutes
  }
  return null
}

export async function countFailure(subjects: SignInSubjects): Promise<void> {
  for (const { subject, limit } of rows(subjects)) {
    await db.transaction(async (trx) => {
      await trx.rawQuery('INSERT INTO sign_in_failures VALUES (?, 0, NULL) ON CONFLICT DO NOTHING', [subject])
      const row = await trx.from('sign_in_failures').where('subject', subject).forUpdate().first()
      const state = { failures: row.failures, lockedUntil: row.locked_until?.getTime() ?? null }
      const next = afterFailure(state, limit, Date.now())
      await trx
        .from('sign_in_failures')
        .where('subject', subject)
        .update({
          failures: next.failures,
          locked_until: next.lockedUntil ? new Date(next.lockedUntil) : null,
        })
    })
  }
}

export async function forgetFailures(account: string): Promise<void> {
  await db.from('sign_in_failures').where('subject', `account:${account}`).delete()
}
