import { Server } from '@tus/server'
import db from '@adonisjs/lucid/services/db'
import { INTAKE_LIMITS } from '#lib/pdf_intake/limits'
import { newId } from '#core/ids'
import { uploadOwner, UploadStore } from '#plans/intake/upload_store'

/** The resumable upload of plans and attachments; who may use it is decided before it is reached. */
export const tusServer = new Server({
  path: '/api/plans',
  datastore: new UploadStore(),
  maxSize: INTAKE_LIMITS.fileBytes,
  namingFunction: () => newId(),
  generateUrl: (_request, { id }) => `/api/plans/${uploadOwner.getStore()!.planId}/upload/${id}`,
  // One origin only: the page's own.
  allowedOrigins: [],
  onUploadFinish: async (_request, upload) => {
    await db.from('plan_uploads').where({ id: upload.id, state: 'receiving' }).update({ state: 'received' })
    return {}
  },
})
