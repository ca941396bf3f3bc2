import type { HttpContext } from '@adonisjs/core/http'
import { blobStream } from '#core/files/blob_store'
import { notFound, orRefuse } from '#core/exceptions/refusal'
import { buildStepOf } from '#reports/actions/build_steps'
import { certifyReport } from '#reports/actions/certify_report'
import { saveTexts } from '#reports/actions/save_texts'
import { mayReadFile, reportFor } from '#reports/policies/visible_reports'
import { listReports } from '#reports/queries/list_reports'
import { editionOf } from '#reports/queries/load_report'
import { reportDetail } from '#reports/queries/report_detail'
import { certifyValidator, fileValidator, listValidator, textsValidator } from '#reports/validators/reports'

/** A report as its leader writes it, and as everybody who may read it fetches it. */
export default class ReportsController {
  async index({ actor, request }: HttpContext) {
    const { review } = await listValidator.validate(request.qs())
    return { reports: await listReports(actor, review) }
  }

  async show({ actor, params }: HttpContext) {
    return reportDetail(actor, await reportFor(actor, params.id))
  }

  async texts({ actor, params, request }: HttpContext) {
    const report = await reportFor(actor, params.id)
    return orRefuse(await saveTexts(actor, report.id, await request.validateUsing(textsValidator)), 409)
  }

  async certify({ actor, params, request }: HttpContext) {
    const report = await reportFor(actor, params.id)
    return orRefuse(await certifyReport(actor, report, await request.validateUsing(certifyValidator)), 409)
  }

  async build({ actor, params }: HttpContext) {
    const report = await reportFor(actor, params.id)
    return { step: await buildStepOf(report.id) }
  }

  /** `certified` is what a signer's page displays, `head` (the default) what is kept. */
  async file({ actor, params, request, response }: HttpContext) {
    const report = await reportFor(actor, params.id)
    const { revision = 'head' } = await fileValidator.validate(request.qs())
    const edition = report.state === 'writing' ? null : await editionOf(report)
    if (!edition || !mayReadFile(actor, report)) throw notFound()
    const sha256 = revision === 'certified' ? edition.certified_sha256 : edition.head_sha256
    const name = `${edition.document.number}-专家论证报告.pdf`
    response.header('content-type', 'application/pdf')
    response.header(
      'content-disposition',
      `attachment; filename="report.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`
    )
    response.header('x-content-type-options', 'nosniff')
    response.header('content-security-policy', "default-src 'none'; sandbox")
    response.header('cache-control', 'private, no-cache')
    response.header('etag', `"${sha256}"`)
    if (request.header('if-none-match') === `"${sha256}"`) return response.status(304).send('')
    return response.stream(blobStream(sha256))
  }
}
