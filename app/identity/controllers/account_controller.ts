import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { preferencesValidator } from '#identity/validators/sign_in'

/** A person's own account, and who has looked at their contact data (SEC-1, REG-6). */
export default class AccountController {
  async show({ actor }: HttpContext) {
    const user = await db.from('users').where('id', actor.userId).firstOrFail()
    return {
      id: user.id,
      name: user.name,
      mobile: user.mobile_masked,
      locale: user.locale,
      largeType: user.large_type,
    }
  }

  async update({ actor, request }: HttpContext) {
    const { largeType, locale } = await request.validateUsing(preferencesValidator)
    const set = {
      ...(largeType === undefined ? {} : { large_type: largeType }),
      ...(locale ? { locale } : {}),
    }
    if (Object.keys(set).length > 0) await db.from('users').where('id', actor.userId).update(set)
    return { largeType, locale }
  }

  async reveals({ actor }: HttpContext) {
    const rows = await db
      .from('personal_data_reveals as r')
      .join('users as u', 'u.id', 'r.by_user_id')
      .leftJoin('memberships as m', 'm.id', 'r.by_membership_id')
      .leftJoin('organisations as o', 'o.id', 'm.organisation_id')
      .where('r.subject_user_id', actor.userId)
      .orderBy('r.at', 'desc')
      .limit(200)
      .select(
        'r.id',
        'r.at',
        'r.expires_at',
        'r.field',
        'r.purpose',
        'r.object_id',
        'u.name as by',
        'm.kind as capacity',
        'o.name as organisation'
      )
    return {
      reveals: rows.map(({ expires_at: until, ...row }) => {
        return { ...row, at: row.at.toISOString(), until: until?.toISOString() ?? null }
      }),
    }
  }
}
