import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'

const HEADINGS =
  '名册编号,姓名,手机号,出生年,等级,职称,职务,证书号,专业,方法标签,工作单位,入职日期,聘期起,聘期止'
const line = (roster: string, mobile: string) =>
  `${roster},韦国栋,${mobile},1971,甲,正高级工程师,总工,${roster}-C,岩土/基坑、监测,,八桂岩土工程研究院,2001-07-01,,`

test.group('Import of experts into the library', (group) => {
  let app: TestInstance
  group.setup(async () => {
    app = await testInstance({ start: false, witness: false })
    return () => app.stop()
  })
  group.each.timeout(120_000)

  const count = async () => Number((await app.sql.query('SELECT count(*) FROM experts')).rows[0].count)
  const file = (name: string, lines: string[]) => {
    const path = join(tmpdir(), `lunzheng-${process.pid}-${name}.csv`)
    writeFileSync(path, [HEADINGS, ...lines].join('\n'))
    return path
  }

  test('REG-1: a dry run keeps nothing, a good file is taken over, a bad line refuses all of it', async ({
    assert,
  }) => {
    const before = await count()
    const good = file('good', [line('NN9001', '19900009001'), line('NN9002', '19900009002')])
    const dry = await ace(app, 'experts:import', good, '--dry-run')
    assert.isTrue(dry.ok, dry.output)
    assert.include(dry.output, '2 experts could be taken over')
    assert.equal(await count(), before)

    const bad = await ace(
      app,
      'experts:import',
      file('bad', [line('NN9003', '19900009003'), line('NN0001', '19900009004')])
    )
    assert.isFalse(bad.ok)
    assert.include(bad.output, 'line 3, 名册编号: taken NN0001')
    assert.equal(await count(), before)

    const taken = await ace(app, 'experts:import', good)
    assert.isTrue(taken.ok, taken.output)
    assert.equal(await count(), before + 2)
    const again = await ace(app, 'experts:import', good)
    assert.isFalse(again.ok)
    assert.equal(await count(), before + 2)
    assert.isTrue((await ace(app, 'ledger:verify')).ok)
  })
})
