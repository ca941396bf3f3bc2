import db from '@adonisjs/lucid/services/db'

/** The person's own messages, newest first. */
export async function messagesOf(userId: string, limit: number) {
  const rows = await db
    .from('messages')
    .where('user_id', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  return rows.map((row) => ({
    id: row.id as string,
    kind: row.kind as string,
    params: row.params as Record<string, unknown>,
    href: row.href as string | null,
    at: row.created_at.toISOString() as string,
    read: row.read_at !== null,
  }))
}

export async function unreadCount(userId: string): Promise<number> {
  const row = await db.from('messages').where('user_id', userId).whereNull('read_at').count('* as n').first()
  return Number(row.n)
}
