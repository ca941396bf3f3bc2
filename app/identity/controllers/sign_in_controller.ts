import type { HttpContext } from '@adonisjs/core/http'
import { blindIndex } from '#core/secrets'
import { orRefuse, Refusal } from '#core/exceptions/refusal'
import { SYSTEM_ACTOR } from '#core/actor'
import { record } from '#ledger/public'
import { checkCredentials } from '#identity/actions/check_credentials'
import { checkTotp } from '#identity/actions/check_totp'
import User from '#identity/models/user'
import { capacitiesOf } from '#identity/queries/capacities'
import { countFailure, minutesLocked } from '#identity/sign_in_failures'
import { plainMobile, signInValidator, totpValidator } from '#identity/validators/sign_in'

const PENDING_MS = 5 * 60_000

export default class SignInController {
  async password(ctx: HttpContext) {
    const { mobile, password } = await ctx.request.validateUsing(signInValidator)
    const number = plainMobile(mobile)
    const outcome = await checkCredentials({ mobile: number, password, address: ctx.request.ip() })
    const { user, needsTotp } = orRefuse(
      outcome,
      outcome.ok ? 200 : outcome.error.code === 'E_LOCKED' ? 423 : 401
    )
    if (!needsTotp) {
      await this.#enter(ctx, user)
      return { next: 'done' }
    }
    ctx.session.put('pending_totp', {
      userId: user.id,
      account: blindIndex('mobile', number),
      at: Date.now(),
    })
    return { next: 'totp' }
  }

  async totp(ctx: HttpContext) {
    const { code } = await ctx.request.validateUsing(totpValidator)
    const pending = ctx.session.get('pending_totp') as
      { userId: string; account: string; at: number } | undefined
    if (!pending || Date.now() - pending.at > PENDING_MS) throw new Refusal(401, 'E_SIGN_IN')
    const subjects = { account: pending.account, address: ctx.request.ip() }
    const minutes = await minutesLocked(subjects)
    if (minutes !== null) throw new Refusal(423, 'E_LOCKED', { minutes })
    const outcome = await checkTotp(pending.userId, code)
    if (!outcome.ok) await countFailure(subjects)
    orRefuse(outcome, 401)
    ctx.session.forget('pending_totp')
    await this.#enter(ctx, await User.findOrFail(pending.userId))
    return { next: 'done' }
  }

  /** A new web session id at sign-in, tagged with the person so that all of theirs can be ended. */
  async #enter(ctx: HttpContext, user: User) {
    await ctx.auth.use('web').login(user)
    await ctx.session.tag(user.id)
    const capacities = await capacitiesOf(user.id)
    ctx.session.put('capacity_id', capacities[0]!.id)
    await record(SYSTEM_ACTOR, async (unit) => {
      unit.entry({ stream: 'identity', type: 'signed_in', payload: { user: user.id } })
    })
  }
}
