import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { idsClaimedBy, idsIn, readRules, readSources, ruleTable } from '../../../bin/rule_table.ts'
import { nanning } from './nanning.ts'

const rules = [{ id: 'DRAW-4', source: 'NN 2(3)', zh: '不同单位', en: 'different employers' }]

test.group('Rule table', () => {
  test('docs/rules.md is what the tree says', async ({ assert }) => {
    const { markdown } = ruleTable(await readRules(), await readSources())
    const written = await readFile(new URL('../../../docs/rules.md', import.meta.url), 'utf8')
    assert.isTrue(
      written === markdown,
      'out of date: run node --import=./bin/typescript.mjs bin/rule_table.ts'
    )
  })

  test('every rule id in the tree is a rule', async ({ assert }) => {
    const { unknown } = ruleTable(await readRules(), await readSources())
    assert.deepEqual(unknown, [])
  })

  test('the list has every rule once', async ({ assert }) => {
    const ids = (await readRules()).map((rule) => rule.id)
    assert.equal(new Set(ids).size, ids.length)
    assert.lengthOf(ids, 72)
  })

  test('every value of the regulation names a rule of the list', async ({ assert }) => {
    const known = new Set((await readRules()).map((rule) => rule.id))
    const values = Object.values((await nanning()).values)
    assert.isTrue(values.every((value) => known.has(value.rule)))
  })

  test('an id that is no rule is found, wherever it stands', ({ assert }) => {
    const planted = { path: 'app/draw/x.ts', text: "const rule = 'DRAW-99' // nobody wrote it" }
    assert.deepEqual(ruleTable(rules, [planted]).unknown, [{ id: 'DRAW-99', path: 'app/draw/x.ts' }])
  })

  test('code counts by its doc comments, a test by its titles', ({ assert }) => {
    const code = {
      path: 'app/draw/y.ts',
      text: '/** Rule DRAW-4. No two\n * from one. */\nexport const y = 1',
    }
    const loose = { path: 'app/draw/z.ts', text: "export const z = 'DRAW-4'" }
    const spec = { path: 'tests/unit/y.spec.ts', text: "test('DRAW-4: two', () => {})" }
    const unnamed = { path: 'tests/unit/z.spec.ts', text: "test('two', () => { check('DRAW-4') })" }
    const row = ruleTable(rules, [code, loose, spec, unnamed]).markdown.split('\n').at(-2)
    assert.equal(
      row,
      '| DRAW-4 | 不同单位<br>different employers | NN 2(3) | `app/draw/y.ts` | `tests/unit/y.spec.ts` |'
    )
    assert.include(ruleTable(rules, []).markdown, '尚无代码 / no code yet | 尚无测试 / no test yet')
  })

  test('a range of ids stands for all of them, also over a line break', ({ assert }) => {
    assert.deepEqual(idsIn('DRAW-3 … DRAW-6, MEET-4'), ['DRAW-3', 'DRAW-4', 'DRAW-5', 'DRAW-6', 'MEET-4'])
    const text = '/**\n * Rules CONC-1 …\n * CONC-3.\n */'
    assert.deepEqual(idsClaimedBy({ path: 'app/a.ts', text }), ['CONC-1', 'CONC-2', 'CONC-3'])
  })
})
