import db from '@adonisjs/lucid/services/db'

const EACH_MS = 1000
const last = new Map<string, number>()

/** For playback: where the pointer was, once a second and person, by the machine's clock. */
export async function samplePointer(
  reviewId: string,
  userId: string,
  pointer: { versionId: string; page: number; x: number; y: number }
): Promise<void> {
  const key = `${reviewId}/${userId}`
  const wall = Date.now()
  if (wall - (last.get(key) ?? 0) < EACH_MS) return
  last.set(key, wall)
  const { versionId, page, x, y } = pointer
  await db.rawQuery('INSERT INTO room_pointer_samples VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', [
    reviewId,
    wall,
    userId,
    versionId,
    page,
    x,
    y,
  ])
}
