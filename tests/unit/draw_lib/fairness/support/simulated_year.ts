import { fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson, type Json } from '#lib/canonical_json'
import { chancesOf } from '#lib/draw/chances'
import type { Seat } from '#lib/draw/draw'
import {
  ENTRIES_FORMAT,
  openEntries,
  type EntriesFile,
  type FileEntry,
} from '#lib/draw/fairness/entries_file'
import { foldYear } from '#lib/draw/fairness/fold_year'
import { barePool, knownDraw, replacementsOf, type KnownDraw } from '#lib/draw/fairness/known_chances'
import { samplerOf } from '#lib/draw/fairness/sampler'
import { seeded, shuffle, type Seeded } from '#lib/draw/fairness/seeded'
import type { EligibleExpert, YearDraw } from '#lib/draw/fairness/year_draw'
import { firstValidPanel, fitsPanelRules } from '#lib/draw/panel'
import type { DrawRules } from '#lib/draw/rules'
import { leafHash } from '#lib/merkle'
import { must, rulesFor } from '../../support/fixtures.js'

export type Simulated = {
  readonly name: string
  readonly draws: number
  /** How many experts each employer has in the library. */
  readonly sizes: readonly number[]
  /** Roster numbers to use instead of E001, E002, … */
  readonly ids?: readonly string[]
  /** How many of the library are out of each pool. */
  readonly out?: number
  readonly rules?: Partial<DrawRules>
  readonly specialties?: readonly string[]
  /** Places in `known.eligible` of the ten; the fair draw unless said otherwise. */
  readonly drawOne?: (known: KnownDraw, random: Seeded) => readonly number[]
  /** Which candidate comes for a leaver. */
  readonly replace?: (candidates: readonly string[], random: Seeded) => string
  readonly hosts?: readonly string[]
  readonly refuses?: (expert: string, host: string, random: Seeded) => boolean
  readonly choose?: (host: string, valid: readonly (readonly Seat[])[], random: Seeded) => readonly Seat[]
}

const SPECIALTIES = ['GEO', 'GEO', 'STRUCT', 'GEO', 'MONITOR']

/** A year as the ledger would hold it. */
export function simulatedYear(given: Simulated): EntriesFile {
  const random = seeded('simulated', given.name)
  const log = new YearLog()
  const library = libraryOf(given)
  for (let d = 0; d < given.draws; d++) oneDraw(given, d, library, log, random)
  return log.file()
}

function oneDraw(
  given: Simulated,
  d: number,
  library: readonly Listed[],
  log: YearLog,
  random: Seeded
): void {
  const { hosts = ['org-1', 'org-2', 'org-3'], refuses = () => random.below(10) === 0 } = given
  const host = hosts[d % hosts.length]!
  const rules = rulesFor(given.rules)
  const eligible = poolOf(library, given.out ?? 0, random)
  const drawId = toHex(sha256(utf8(`${given.name} ${d}`)))
  const put = (type: string, payload: Record<string, unknown>) =>
    log.append(`review/${given.name}-${d}`, type, { drawId, ...payload })
  const committed = {
    round: 1,
    rules,
    eligible,
    excluded: [],
    organiser: host,
    agency: null,
    number: `CQ-2026-${d}`,
  }
  put('review.opened', {})
  put('draw.committed', committed)
  const draw = bareDraw(drawId, rules, eligible)
  const leaves = barePool(eligible)
  const known = { draw, eligible, leaves, chances: must(chancesOf(leaves, rules)), ten: new Set<string>() }
  const drawOne = given.drawOne ?? ((one: KnownDraw) => samplerOf(one)(random))
  const seats: Seat[] = drawOne(known, random)
    .map((place) => ({ ...eligible[place]!, seat: 0, pin: null, ticket: hex(random) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .map((seat, i) => ({ ...seat, seat: i + 1 }))
  put('draw.completed', { result: { seats }, defaultPanel: null })
  draw.seats = seats.map((seat) => ({ ...seat, replaces: null, invited: true, accepted: false, left: null }))
  const ten = new Set(seats.map(({ id }) => id))
  const held = [...seats]
  for (const seat of seats) {
    put('place.invite', { seat: seat.seat, expert: seat.id })
    if (!refuses(seat.id, host, random)) {
      put('place.accept', { seat: seat.seat, expert: seat.id })
      continue
    }
    put('place.decline', { seat: seat.seat, expert: seat.id })
    held.splice(held.indexOf(seat), 1)
    draw.replacements.push({ seat: seat.seat, number: 1, leaver: seat.id, taken: null })
    const { candidates } = replacementsOf({ ...known, ten }).at(-1)!
    draw.replacements.pop()
    if (candidates.length === 0) continue
    const pick = given.replace ?? ((ids: readonly string[]) => ids[random.below(ids.length)]!)
    const id = pick(candidates, random)
    const expert = eligible.find((one) => one.id === id)!
    const number = draw.replacements.length + 1
    const taken: Seat = { ...expert, seat: 10 + number, pin: null, ticket: hex(random) }
    put('draw.seat_left', { seat: seat.seat, number, leaver: seat.id })
    put('draw.seat_refilled', { seat: seat.seat, number, taken, widened: false })
    put('place.invite', { seat: taken.seat, expert: id })
    put('place.accept', { seat: taken.seat, expert: id })
    draw.replacements.push({ seat: seat.seat, number, leaver: seat.id, taken })
    draw.seats.push({ ...taken, replaces: seat.seat, invited: true, accepted: true, left: null })
    held.push(taken)
  }
  const first = firstValidPanel(held, 5, (members) => fitsPanelRules(members, rules))
  if (!first) return
  const chosen = given.choose ? given.choose(host, validPanels(held, rules), random) : first
  put('review.confirm_panel', {
    panel: chosen.map(({ seat }) => ({ seat, role: 'member' })),
    isDefault: chosen.every((seat) => first.includes(seat)),
  })
}

type Listed = { id: string; employer: number; specialty: string }

function libraryOf({ sizes, specialties = SPECIALTIES, ids }: Simulated): Listed[] {
  let number = 0
  return sizes.flatMap((size, employer) =>
    Array.from({ length: size }, () => {
      number += 1
      return {
        id: ids?.[number - 1] ?? `E${String(number).padStart(3, '0')}`,
        employer,
        specialty: specialties[number % specialties.length]!,
      }
    })
  )
}

/** Some are out of each pool, and employers are numbered anew; the order stays the roster's. */
function poolOf(library: readonly Listed[], out: number, random: Seeded): EligibleExpert[] {
  const gone = new Set(
    shuffle(
      library.map((_, i) => i),
      random
    ).slice(0, out)
  )
  const left = library.filter((_, i) => !gone.has(i))
  const numbers = shuffle([...new Set(left.map(({ employer }) => employer))], random)
  return left.map((one) => ({ ...one, employer: numbers.indexOf(one.employer) + 1 }))
}

function bareDraw(drawId: string, rules: DrawRules, eligible: EligibleExpert[]): YearDraw {
  const at = '2026-03-01T00:00:00.000Z'
  const nothing = { number: null, index: 0, host: null, excluded: [], defaultPanel: null, choice: null }
  return { drawId, at, round: 1, rules, eligible, seats: null, replacements: [], ...nothing }
}

export function validPanels(held: readonly Seat[], rules: DrawRules): Seat[][] {
  const subsets = (list: readonly Seat[], size: number): Seat[][] =>
    size === 0
      ? [[]]
      : list.flatMap((one, i) => subsets(list.slice(i + 1), size - 1).map((rest) => [one, ...rest]))
  return subsets(held, 5).filter((panel) => fitsPanelRules(panel, rules))
}

function hex(random: Seeded): string {
  return Array.from({ length: 64 }, () => random.below(16).toString(16)).join('')
}

/** The ledger's rules of writing, with salts that repeat. */
export class YearLog {
  readonly #entries: FileEntry[] = []
  readonly #heads = new Map<string, { seq: number; prev: string }>()

  append(stream: string, type: string, payload: Record<string, unknown>): void {
    const index = this.#entries.length
    const at = new Date(Date.UTC(2026, 2, 1) + index * 1000).toISOString()
    const { seq, prev } = this.#heads.get(stream) ?? { seq: 0, prev: '0'.repeat(64) }
    const salt = toHex(sha256(utf8(`salt ${index}`)))
    const whole = JSON.parse(JSON.stringify(payload)) as { [field: string]: Json }
    const commit = toHex(sha256(fromHex(salt), utf8(canonicalJson(whole))))
    const leaf = canonicalJson({ v: 1, stream, seq, prev, type, at, commit })
    this.#heads.set(stream, { seq: seq + 1, prev: toHex(leafHash(utf8(leaf))) })
    this.#entries.push({ index, leaf, salt, payload: whole })
  }

  file(): EntriesFile {
    return {
      format: ENTRIES_FORMAT,
      year: 2026,
      utcOffsetMinutes: 480,
      head: { size: this.#entries.length, root: '0'.repeat(64) },
      streams: [...this.#heads].map(([stream, { seq }]) => ({ stream, entries: seq })),
      entries: this.#entries,
    }
  }
}

export function knownDrawsOf(file: EntriesFile): KnownDraw[] {
  return foldYear(openEntries(file).opened, file).draws.map((draw) => {
    const known = knownDraw(draw)
    if (!('eligible' in known)) throw new Error(known.code)
    return known
  })
}
