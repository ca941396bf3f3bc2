import { AsyncLocalStorage } from 'node:async_hooks'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import db from '@adonisjs/lucid/services/db'
import { DataStore, ERRORS, Upload } from '@tus/server'
import env from '#start/env'

/** Whose upload a request of the protocol belongs to; the controller has checked it. */
export const uploadOwner = new AsyncLocalStorage<{ planId: string; userId: string }>()

const PURPOSES = ['plan', 'attachment']

export function uploadPath(id: string): string {
  return join(env.get('VAR_DIR'), 'uploads', `${id}.part`)
}

/**
 * Uploads of the tus protocol: a row says what is coming, the file's own length says how much has come. So
 * any process can go on with what another one, or this one before a crash, has begun.
 */
export class UploadStore extends DataStore {
  extensions = ['creation', 'termination']

  async create(upload: Upload): Promise<Upload> {
    const owner = uploadOwner.getStore()
    if (!owner || upload.size === undefined) throw ERRORS.INVALID_LENGTH
    const name = (upload.metadata?.filename ?? '')
      .normalize('NFC')
      .replace(/[\u0000-\u001f\u007f/\\]/g, '')
      .slice(0, 200)
    const purpose = upload.metadata?.purpose ?? 'plan'
    if (!PURPOSES.includes(purpose)) throw ERRORS.INVALID_METADATA
    const path = uploadPath(upload.id)
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
    const file = await open(path, 'wx', 0o600)
    await file.close()
    await db.table('plan_uploads').insert({
      id: upload.id,
      plan_id: owner.planId,
      user_id: owner.userId,
      purpose,
      file_name: name || 'plan.pdf',
      size: upload.size,
      metadata: JSON.stringify(upload.metadata ?? {}),
      state: 'receiving',
      created_at: new Date(),
    })
    return upload
  }

  async write(stream: Readable, id: string, offset: number): Promise<number> {
    await pipeline(stream, createWriteStream(uploadPath(id), { flags: 'r+', start: offset }))
    return (await stat(uploadPath(id))).size
  }

  async getUpload(id: string): Promise<Upload> {
    const row = await db.from('plan_uploads').where('id', id).first()
    if (!row || !['receiving', 'received'].includes(row.state)) throw ERRORS.FILE_NOT_FOUND
    const { size } = await stat(uploadPath(id))
    return new Upload({
      id,
      size: row.size,
      offset: size,
      metadata: row.metadata,
      creation_date: row.created_at.toISOString(),
    })
  }

  async remove(id: string): Promise<void> {
    await db
      .from('plan_uploads')
      .where('id', id)
      .whereIn('state', ['receiving', 'received', 'refused'])
      .delete()
    await rm(uploadPath(id), { force: true })
  }
}
