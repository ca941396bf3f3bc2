import type { HttpContext } from '@adonisjs/core/http'
import { notFound, orRefuse } from '#core/exceptions/refusal'
import { addEmployment, changeEmployment, removeEmployment } from '#registry/actions/change_employments'
import { enterLeave, takeLeaveBack } from '#registry/actions/change_leaves'
import { changeStatus } from '#registry/actions/change_status'
import { declareInterest, endInterest } from '#registry/actions/declare_interests'
import { setMonthlyCap } from '#registry/actions/set_caps'
import { setGrade, setHomeCity, setTags } from '#registry/actions/set_tags'
import { correctTerm, renewTerm } from '#registry/actions/set_term'
import { expertRecord } from '#registry/queries/expert_record'
import { expertsById } from '#registry/queries/experts'
import { libraryPage } from '#registry/queries/library'
import * as validators from '#registry/validators/library'

/** The library as the centre keeps it: each change a form of its own, with its reason (REG-3). */
export default class LibraryController {
  async index({ request }: HttpContext) {
    return libraryPage(await validators.listValidator.validate(request.qs()))
  }

  async show({ request }: HttpContext) {
    const { params } = await request.validateUsing(validators.expertIdValidator)
    const expert = (await expertsById([params.expertId])).get(params.expertId)
    if (!expert) throw notFound()
    return expertRecord(expert, 'office')
  }

  async addEmployment({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.newEmploymentValidator)
    return orRefuse(await addEmployment(actor, { ...params, ...form }), 409)
  }

  async changeEmployment({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.employmentValidator)
    return orRefuse(await changeEmployment(actor, { ...params, ...form }), 409)
  }

  async removeEmployment({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.employmentRemovalValidator)
    return orRefuse(await removeEmployment(actor, { ...params, ...form }), 409)
  }

  async enterLeave({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.leaveValidator)
    return orRefuse(await enterLeave(actor, { ...params, ...form }), 409)
  }

  async takeLeaveBack({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.leaveRemovalValidator)
    return orRefuse(await takeLeaveBack(actor, { ...params, ...form }), 409)
  }

  async setMonthlyCap({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.monthlyCapValidator)
    return orRefuse(await setMonthlyCap(actor, { ...params, ...form }), 409)
  }

  async renewTerm({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.renewalValidator)
    return orRefuse(await renewTerm(actor, { ...params, ...form }), 409)
  }

  async correctTerm({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.termValidator)
    return orRefuse(await correctTerm(actor, { ...params, ...form }), 409)
  }

  async setGrade({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.gradeValidator)
    return orRefuse(await setGrade(actor, { ...params, ...form }), 409)
  }

  async setTags({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.tagsValidator)
    return orRefuse(await setTags(actor, { ...params, ...form }), 409)
  }

  async setHomeCity({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.homeCityValidator)
    return orRefuse(await setHomeCity(actor, { ...params, ...form }), 409)
  }

  async changeStatus({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.statusValidator)
    return orRefuse(await changeStatus(actor, { ...params, ...form }), 409)
  }

  async declareInterest({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.interestValidator)
    return orRefuse(await declareInterest(actor, { ...params, ...form }), 409)
  }

  async endInterest({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(validators.interestEndValidator)
    return orRefuse(await endInterest(actor, { ...params, ...form }), 409)
  }
}
