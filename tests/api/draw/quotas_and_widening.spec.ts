import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { verifyDrawEvidence } from '#lib/draw/verify_evidence'
import { parseVerifierKey } from '#lib/tlog/keys'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { drawn, readyPlan, signInHosts, type Hosts } from '#tests/support/draw_life'
import { visitor } from '#tests/support/person'

const CRANE = { category: 'CRANE', parameters: { capacity_kn: 300, total_height_m: 60, base_level_m: 0 } }
const UNDERWATER = { category: 'UW', parameters: {} }

/** A sheet of underwater experts of other cities, in the columns of the import. */
function sheetOf(cities: string[]): string {
  const head = '名册编号,姓名,手机号,等级,职称,职务,证书号,专业,工作单位,入职日期,所属城市'
  const rows = cities.map((city, i) => {
    const n = String(i + 1).padStart(2, '0')
    return `WD00${n},外地专家${n},199100000${n},甲,正高级工程师,总工程师,WD-${n},水下,外地潜水工程公司${n},2010-01-01,${city}`
  })
  return [head, ...rows].join('\n')
}

test.group('Quotas and widening', (group) => {
  let app: TestInstance
  let hosts: Hosts
  group.setup(async () => {
    app = await testInstance()
    hosts = await signInHosts(app.url)
    return () => app.stop()
  })
  group.each.timeout(180_000)

  const verdictOf = async (draw: { id: string }) => {
    const { body: keys } = await (await visitor(app.url)).get('/api/public/draw-keys')
    const { body: evidence } = await hosts.organiser.get(`/api/draws/${draw.id}/evidence`)
    const ledgerKeys = keys.ledgerKeys.map(parseVerifierKey).map((key: any) => key.value)
    return { evidence, ...verifyDrawEvidence(evidence, { ...keys, ledgerKeys }) }
  }

  test('DRAW-4: the ten keep the quotas, and the page shows chances and steps as the evidence has them', async ({
    assert,
  }) => {
    const plan = await readyPlan(hosts, '名额基坑')
    const { body: preview } = await hosts.organiser.get(`/api/reviews/${plan.reviewId}/draw`)
    assert.deepInclude(preview.quotas, { specialty: 'geotechnical', min: 4, max: 7 })
    assert.deepEqual(
      preview.widening.map(({ step }: any) => step),
      ['neighbouring_specialty', 'neighbouring_city']
    )
    const draw = await drawn(hosts.organiser, plan.reviewId)
    const { verdict, evidence } = await verdictOf(draw)
    assert.equal(verdict, 'genuine')
    assert.sameDeepMembers(evidence.rules.quotas, preview.quotas)
    assert.isEmpty(draw.attempts)
    assert.isTrue(draw.seats.some(({ inDefault }: any) => inDefault))
    for (const { specialty, min, max, drawn: count, seats } of draw.picture.specialties) {
      assert.isTrue(min <= count && count <= max, specialty)
      assert.lengthOf(seats, count)
      const own = draw.seats.filter(({ seat }: any) => seats.includes(seat))
      assert.isTrue(own.every((seat: any) => seat.specialty === specialty))
    }
    assert.lengthOf(draw.picture.steps, evidence.result.steps.length)
    assert.deepEqual(
      draw.picture.cells,
      evidence.result.cells.map(({ employer, specialty, experts, chance, drawn: count }: any) => {
        return { employer, specialty, experts, chance, drawn: count }
      })
    )
    // The log's entry that froze the pool holds the chances, from before any random number.
    const { chances } = evidence.commit.payload
    assert.equal(chances.denominator, evidence.result.denominator)
    assert.equal(chances.possibleSets, evidence.result.possibleSets)
    assert.isBelow(
      Number(chances.lowest.num) / Number(chances.lowest.den),
      Number(chances.highest.num) / Number(chances.highest.den)
    )
  })

  test('DRAW-9: until the meeting has ended the public sees no employer’s part of it', async ({ assert }) => {
    const { body: list } = await hosts.organiser.get('/api/draws')
    const number = list.draws.find(({ status }: any) => status === 'completed').number
    const { body } = await (await visitor(app.url)).get(`/api/public/draws/${number}`)
    assert.equal(body.picture.by, 'rounding')
    assert.isFalse(body.ended)
    assert.isEmpty(body.picture.cells)
    assert.isEmpty(body.picture.steps)
    assert.isTrue(body.picture.specialties.every(({ seats }: any) => seats.length === 0))
    assert.isAbove(body.picture.lowest, 0)
  })

  test('DRAW-1: a pool whose ten could be guessed takes in neighbouring specialties, and says why', async ({
    assert,
  }) => {
    const plan = await readyPlan(hosts, '塔机', [CRANE])
    const draw = await drawn(hosts.organiser, plan.reviewId)
    const { verdict, checks, evidence } = await verdictOf(draw)
    assert.equal(verdict, 'genuine', JSON.stringify(checks.filter(({ ok }) => !ok)))
    assert.deepEqual(evidence.rules.widening, [{ step: 'neighbouring_specialty', because: 'too_few_sets' }])
    const came = evidence.pool.filter(({ v }: any) => v === 2)
    assert.isAbove(came.length, 0)
    assert.isTrue(came.every(({ cameBy }: any) => cameBy.step === 'neighbouring_specialty'))
    assert.deepEqual(draw.widening, ['neighbouring_specialty'])
    assert.lengthOf(draw.attempts, 1)
    assert.equal(draw.attempts[0].error.code, 'too_few_sets')
    assert.deepEqual(evidence.commit.payload.attempts, draw.attempts)
    assert.isTrue(draw.seats.some(({ inDefault }: any) => inDefault))

    // One who stands in counts for the main specialty, but does not lead.
    const standIn = draw.seats.find(({ isMain, specialty }: any) => isMain && specialty !== 'hoisting')
    const own = draw.seats.find(({ isMain, specialty }: any) => isMain && specialty === 'hoisting')
    const ids = draw.seats.filter(({ inDefault }: any) => inDefault).map(({ id }: any) => id)
    const leads = async (leader: { id: string }) => {
      const members = [...new Set([leader.id, ...ids])].slice(0, 5)
      const { body } = await hosts.organiser.post(`/api/draws/${draw.id}/panel/check`, {
        members,
        leader: leader.id,
        alternates: [],
      })
      return body.checks.find(({ code }: any) => code === 'leader_of_main_specialty').ok
    }
    assert.isTrue(await leads(own))
    if (standIn) assert.isFalse(await leads(standIn))
  })

  test('DRAW-1: step after step to neighbouring cities; where none suffices, a refusal with every number', async ({
    assert,
  }) => {
    const plan = await readyPlan(hosts, '水下', [UNDERWATER])
    const refused = await hosts.organiser.press(`/api/reviews/${plan.reviewId}/draw`)
    assert.equal(refused.status, 422)
    const { code, params } = refused.body.error
    assert.equal(code, 'E_DRAW_QUOTAS_INFEASIBLE')
    assert.deepEqual(
      params.attempts.map(({ step }: any) => step),
      [null, 'neighbouring_specialty', 'neighbouring_city']
    )
    for (const { error } of params.attempts) {
      assert.deepInclude(error, { code: 'quotas_infeasible', bound: 'min', need: 4 })
      assert.isBelow(error.reachable, 4)
      assert.equal(error.specialties[0].specialty, 'underwater')
    }

    const file = join(app.instance.environment.VAR_DIR!, 'neighbours.csv')
    // Of a city that is no neighbour, they change nothing; of neighbouring ones, they come by the last step.
    const neighbours = ['崇左市', '钦州市', '贵港市', '来宾市', '百色市', '崇左市', '钦州市', '防城港市']
    writeFileSync(file, sheetOf(neighbours))
    const imported = await ace(app, 'experts:import', file)
    assert.isTrue(imported.ok, imported.output)
    const draw = await drawn(hosts.organiser, plan.reviewId)
    const { verdict, evidence } = await verdictOf(draw)
    assert.equal(verdict, 'genuine')
    assert.deepEqual(draw.widening, ['neighbouring_specialty', 'neighbouring_city'])
    assert.isAbove(draw.seats.filter(({ isMain }: any) => isMain).length, 3)
    const cities = evidence.pool.filter(({ cameBy }: any) => cameBy?.step === 'neighbouring_city')
    assert.lengthOf(cities, neighbours.length)
  })
})
