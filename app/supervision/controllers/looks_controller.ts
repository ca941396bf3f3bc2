import type { HttpContext } from '@adonisjs/core/http'
import { listLooks } from '#supervision/queries/list_looks'
import { looksValidator } from '#supervision/validators/supervision'

export default class LooksController {
  async index({ request }: HttpContext) {
    return listLooks(await looksValidator.validate(request.qs()))
  }
}
