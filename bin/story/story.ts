import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { mobileOfExpert, roleOf, type Role } from '#bin/story/cast'
import { openSeat, NARROW, WIDE, type Seat } from '#bin/story/browser'
import { businessTime, fieldText, instant, moveClock } from '#bin/story/clock'
import type { Installation } from '#bin/story/installation'
import type { StoryRecord } from '#bin/story/record'
import { signInByPages } from '#bin/story/sign_in'

export interface Step {
  readonly step: string
  /** Who acts; `visitor` has no account. */
  readonly who: string
  readonly what: string
  run(story: Story): Promise<void>
}

/** What the steps work with: people with a browser each, the clock, and what is left in the folder. */
export class Story {
  #seats = new Map<string, Seat>()
  #signedIn = new Set<string>()
  #shots = 0
  #step = ''

  constructor(
    readonly out: string,
    readonly installation: Installation,
    readonly browser: Browser,
    readonly record: StoryRecord,
    /** First midnight of the story, milliseconds. */
    readonly firstDay: number,
    readonly password: string
  ) {
    mkdirSync(join(out, 'screens'), { recursive: true })
    this.#shots = record.ids.screens ?? 0
  }

  get url(): string {
    return this.installation.url
  }

  /** What later steps have to know, kept in story.json. */
  get ids(): Record<string, any> {
    return this.record.ids
  }

  begin(step: string): void {
    this.#step = step
  }

  /** A person of the cast, or an expert by letter or seat as the story has named them in `ids.experts`. */
  role(key: string): Role {
    const name: string | undefined = this.ids.experts?.[key]
    if (name) return { name, mobile: mobileOfExpert(name), role: `expert-${key}` }
    return roleOf(key)
  }

  /** The person's page, signed in by the sign-in page when it is their first. */
  async page(key: string): Promise<Page> {
    const seat = await this.#seat(key)
    if (!this.#signedIn.has(key)) {
      const role = this.role(key)
      await signInByPages(seat.page, role.mobile, this.passwordOf(role.mobile))
      this.#signedIn.add(key)
      this.#noteSignIn(role)
    }
    return seat.page
  }

  /** Somebody without an account, or one who has not signed in. */
  async visitor(key: string, phone = false): Promise<Page> {
    return (await this.#seat(key, phone)).page
  }

  passwordOf(mobile: string): string {
    return this.ids.passwords?.[mobile] ?? this.password
  }

  noteSignedIn(key: string): void {
    this.#signedIn.add(key)
    this.#noteSignIn(this.role(key))
  }

  #noteSignIn({ name, mobile }: Role): void {
    if (this.record.signIns.some((one) => one.mobile === mobile)) return
    this.record.signIns.push({ name, mobile, password: this.passwordOf(mobile) })
  }

  async #seat(key: string, phone = false): Promise<Seat> {
    const known = this.#seats.get(key)
    if (known) return known
    const seat = await openSeat(this.browser, this.url, phone)
    this.#seats.set(key, seat)
    return seat
  }

  /** Closes somebody's browser; what their pages complained about is kept. */
  async leave(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const seat = this.#seats.get(key)
      if (!seat) continue
      this.#keepComplaints(key, seat)
      this.#seats.delete(key)
      this.#signedIn.delete(key)
      await seat.context.close()
    }
  }

  async leaveAll(): Promise<void> {
    await this.leave(...this.#seats.keys())
  }

  #keepComplaints(who: string, seat: Seat): void {
    for (const text of seat.complaints.splice(0)) this.record.complaints.push({ who, text })
  }

  /** Moves the clock to a time of Asia/Shanghai on the n-th day, unless it is later already. */
  async at(day: number, time: string): Promise<void> {
    const to = instant(this.firstDay, day, time)
    if (Date.parse(await businessTime(this.url)) < to.getTime()) await moveClock(this.url, to)
  }

  instant(day: number, time: string): Date {
    return instant(this.firstDay, day, time)
  }

  field(day: number, time: string): string {
    return fieldText(this.instant(day, time))
  }

  /** Picture of somebody's page, 1440 wide; `phone` takes it at 390 too. */
  async shot(key: string, what: string, options: { phone?: boolean; full?: boolean } = {}): Promise<void> {
    const seat = await this.#seat(key)
    const role = this.#roleName(key)
    const size = seat.page.viewportSize() ?? WIDE
    await this.#picture(seat.page, `${role}-${what}`, options.full)
    if (!options.phone || size.width === NARROW.width) return
    await seat.page.setViewportSize(NARROW)
    await this.#picture(seat.page, `${role}-${what}-390`, options.full)
    await seat.page.setViewportSize(size)
  }

  #roleName(key: string): string {
    return this.ids.experts?.[key] ? `expert-${key}` : key
  }

  async #picture(page: Page, name: string, full = false): Promise<void> {
    this.#shots += 1
    this.ids.screens = this.#shots
    const file = `${String(this.#shots).padStart(2, '0')}-${name}.png`
    // Fonts and pictures that are still coming would be missing from it.
    await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined)
    await page.screenshot({ path: join(this.out, 'screens', file), fullPage: full, animations: 'disabled' })
  }

  /** A rule of the regulation that was seen to act. */
  rule(rule: string, outcome: string): void {
    this.record.rules.push({ rule, step: this.#step, outcome: outcome.replace(/\s+/g, ' ').trim() })
  }

  /** Pictures of every open page, for whoever looks why a step failed. */
  async failure(): Promise<string[]> {
    const files: string[] = []
    for (const [key, seat] of this.#seats) {
      const file = `failed-${this.#roleName(key)}.png`
      const taken = await seat.page
        .screenshot({ path: join(this.out, file), timeout: 5000 })
        .catch(() => null)
      if (taken) files.push(file)
      this.#keepComplaints(key, seat)
    }
    return files
  }
}
