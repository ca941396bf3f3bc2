import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type {
  AnswerRow,
  ItemRow,
  OpinionRow,
  RevisionRow,
  SubmissionRow,
} from '#reports/revision/models/rows'

type Client = TransactionClientContract | undefined
const client = (trx: Client) => trx ?? db

export async function revisionOf(reviewId: string, trx?: Client): Promise<RevisionRow | null> {
  return client(trx).from('revisions').where('review_id', reviewId).first()
}

/** Must-fix items first, each kind in the report's order. */
export async function itemsOf(revisionId: string, trx?: Client): Promise<ItemRow[]> {
  return client(trx)
    .from('revision_items')
    .where('revision_id', revisionId)
    .orderByRaw("kind = 'advice', number")
}

export async function answersOf(revisionId: string, trx?: Client): Promise<AnswerRow[]> {
  return client(trx)
    .from('revision_answers')
    .join('revision_items', 'revision_items.id', 'revision_answers.item_id')
    .join('users', 'users.id', 'revision_answers.by_user_id')
    .where('revision_items.revision_id', revisionId)
    .select('revision_answers.*', 'users.name as by_name')
}

/** The last one first. */
export async function submissionsOf(revisionId: string, trx?: Client): Promise<SubmissionRow[]> {
  return client(trx)
    .from('revision_submissions')
    .join('users', 'users.id', 'revision_submissions.by_user_id')
    .where('revision_id', revisionId)
    .orderBy('number', 'desc')
    .select('revision_submissions.*', 'users.name as by_name')
}

export async function opinionsOn(submissionIds: readonly string[], trx?: Client): Promise<OpinionRow[]> {
  return client(trx)
    .from('leader_opinions')
    .join('users', 'users.id', 'leader_opinions.by_user_id')
    .whereIn('submission_id', [...submissionIds])
    .select('leader_opinions.*', 'users.name as by_name')
}
