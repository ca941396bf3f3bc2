/**
 * A machine whose clock is fast by FAST_CLOCK_MS: loaded before the program (NODE_OPTIONS). It takes a beacon's round to be
 * out when it is not, and asks for it at once, so that tests need not wait for a minute.
 */
const fast = Number(process.env.FAST_CLOCK_MS ?? 0)
const RealDate = Date

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + fast)
    else super(...given)
  }

  static now() {
    return RealDate.now() + fast
  }
}
