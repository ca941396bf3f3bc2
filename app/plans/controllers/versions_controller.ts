import type { HttpContext } from '@adonisjs/core/http'
import { blobStream } from '#core/files/blob_store'
import { notFound } from '#core/exceptions/refusal'
import { readRange } from '#plans/domain/read_range'
import { compareVersions, pagesOf } from '#plans/queries/compare_versions'
import { planFor, versionFor } from '#plans/queries/load_plan'
import { compareValidator } from '#plans/validators/plan'

/** A version's file, its pages' sizes, and what changed between two versions. */
export default class VersionsController {
  async file({ actor, params, request, response }: HttpContext) {
    const plan = await planFor(actor, params.id)
    const version = await versionFor(actor, plan, Number(params.number))
    const etag = `"${version.sha256}"`
    response.header('content-type', 'application/pdf')
    response.header(
      'content-disposition',
      `attachment; filename="plan.pdf"; filename*=UTF-8''${encodeURIComponent(`${plan.number}-V${version.number}.pdf`)}`
    )
    response.header('x-content-type-options', 'nosniff')
    response.header('content-security-policy', "default-src 'none'; sandbox")
    response.header('accept-ranges', 'bytes')
    response.header('cache-control', 'private, no-cache')
    response.header('etag', etag)
    if (request.header('if-none-match') === etag) return response.status(304).send('')
    const range = readRange(request.header('range'), version.size)
    if (range === 'unsatisfiable') {
      response.header('content-range', `bytes */${version.size}`)
      return response.status(416).send('')
    }
    const { start, end } = range ?? { start: 0, end: version.size - 1 }
    if (range) response.status(206).header('content-range', `bytes ${start}-${end}/${version.size}`)
    response.header('content-length', String(end - start + 1))
    return response.stream(blobStream(version.sha256, { start, end }))
  }

  async pages({ actor, params }: HttpContext) {
    const version = await versionFor(actor, await planFor(actor, params.id), Number(params.number))
    const pages = await pagesOf(version)
    return {
      number: version.number,
      sha256: version.sha256,
      pages: pages.map(({ width, height }) => [width, height]),
    }
  }

  async compare({ actor, params, request }: HttpContext) {
    const { from, to } = await compareValidator.validate(request.qs())
    const plan = await planFor(actor, params.id)
    if (from === to) throw notFound()
    return compareVersions(await versionFor(actor, plan, from), await versionFor(actor, plan, to))
  }
}
