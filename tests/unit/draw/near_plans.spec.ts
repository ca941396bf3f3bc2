import { test } from '@japa/runner'
import { bareText, containment, shinglesOf } from '#lib/near_text/shingles'
import { bandsOf, estimatedContainment, sketchOf } from '#lib/near_text/sketch'
import { nearnessOf, type PlanContent } from '#draw/domain/plan_is_near_another'
import { sentences } from '#tests/support/plan_text'
import { nanning } from '../core/nanning.ts'

const regulation = await nanning()
const text = (lines: readonly string[]) => shinglesOf(bareText(lines))
/** What a firm writes in each of its plans. */
const TEMPLATE = sentences('岭秀建工集团有限公司', 300)
const own = (about: string, count = 300) => [...TEMPLATE, ...sentences(about, count)]
const PIT = own('五象湖 A-07')

const plan = (change: Partial<PlanContent> = {}): PlanContent => ({
  works: [{ category: 'PIT', parameters: { depth_m: 13.8 } }],
  permit: '450108202603050101',
  site: '五象湖 A-07 地块商住项目 良庆区五象湖东路 8 号',
  parties: ['owner', 'design', 'contractor', 'supervision'],
  shingles: text(PIT),
  ...change,
})
const ELSEWHERE = {
  permit: '450103202510110202',
  site: '江北换乘站 3 号通道 西乡塘区江北大道 112 号',
  parties: ['another owner', 'another designer', 'contractor', 'another supervision'],
}
const why = (change: Partial<PlanContent>) => nearnessOf(plan(), plan(change), regulation).why

test.group('Plans near an earlier one', () => {
  test('DRAW-6: the same words in another layout are the same', ({ assert }) => {
    const words = PIT.join('')
    const reset = Array.from({ length: Math.ceil(words.length / 37) }, (_, index) =>
      words.slice(index * 37, index * 37 + 37)
    )
    const wide = reset.map((line) =>
      line
        .replace(/[0-9a-z]/gi, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
        .replace(/，/g, ', ')
    )
    assert.equal(containment(text(PIT), text(wide)), 1)
  })

  const suspected: [string, string, Partial<PlanContent>, string][] = [
    ['DRAW-6', 'renamed, everything else as it was', {}, 'text'],
    ['DRAW-6', 'by another firm at another site, word for word', ELSEWHERE, 'text'],
    [
      'DRAW-6',
      'word for word, padded with as much again',
      { ...ELSEWHERE, shingles: text([...PIT, ...sentences('padding', 600)]) },
      'text',
    ],
    [
      'DRAW-6',
      'word for word under another category',
      { ...ELSEWHERE, works: [{ category: 'PILE', parameters: { depth_m: 13.8 } }] },
      'text',
    ],
    [
      'DRAW-6',
      'a third of its own sentences written anew, the site named otherwise, the same parties',
      {
        permit: ELSEWHERE.permit,
        site: ELSEWHERE.site,
        shingles: text([...PIT.slice(0, 450), ...sentences('rewritten', 150)]),
      },
      'text_and_facts',
    ],
    [
      'DRAW-6',
      'a third written anew and 13.8 m now 13.5 m, parties exchanged',
      {
        parties: ELSEWHERE.parties,
        works: [{ category: 'PIT', parameters: { depth_m: 13.5 } }],
        shingles: text([...PIT.slice(0, 450), ...sentences('rewritten', 150)]),
      },
      'text_and_facts',
    ],
    ['DRAW-6', 'typed again in other words', { shingles: text(sentences('other words', 600)) }, 'facts'],
    ['DRAW-6', 'scanned, so that there are no words', { shingles: new Set() }, 'facts'],
  ]
  for (const [rule, title, change, expected] of suspected) {
    test(`${rule}: asked about: ${title}`, ({ assert }) => {
      assert.equal(why(change), expected)
    })
  }

  const honest: [string, string, Partial<PlanContent>][] = [
    [
      'DRAW-6',
      'another pit of the same firm by its template',
      {
        ...ELSEWHERE,
        works: [{ category: 'PIT', parameters: { depth_m: 9.2 } }],
        shingles: text(own('江北换乘站')),
      },
    ],
    [
      'DRAW-6',
      'another pit of the same firm that is as deep',
      { ...ELSEWHERE, shingles: text(own('江北换乘站')) },
    ],
    [
      'DRAW-6',
      'a shallower pit of the same project',
      { works: [{ category: 'PIT', parameters: { depth_m: 7 } }], shingles: text(own('A-07 二期')) },
    ],
    [
      'DRAW-6',
      'the formwork of the same project',
      { works: [{ category: 'FWK', parameters: { height_m: 13.8 } }], shingles: text(own('A-07 高支模')) },
    ],
    [
      'DRAW-6',
      'a plan of another firm at another site',
      { ...ELSEWHERE, parties: ['x', 'y'], shingles: text(sentences('望仙坡', 600)) },
    ],
  ]
  for (const [rule, title, change] of honest) {
    test(`${rule}: not asked about: ${title}`, ({ assert }) => {
      assert.isNull(why(change))
    })
  }

  test('DRAW-6: parameters are near within five in a hundred of the larger, yes and no as they are', ({
    assert,
  }) => {
    const near = (a: Record<string, number | boolean>, b: Record<string, number | boolean>) =>
      nearnessOf(
        plan({ works: [{ category: 'PIT', parameters: a }] }),
        plan({ works: [{ category: 'PIT', parameters: b }] }),
        regulation
      ).nearParameters
    assert.isTrue(near({ depth_m: 20 }, { depth_m: 19 }))
    assert.isFalse(near({ depth_m: 20 }, { depth_m: 18.99 }))
    assert.isFalse(near({ depth_m: 20, span_m: 10 }, { depth_m: 20, span_m: 9 }))
    assert.isTrue(near({ depth_m: 20, span_m: 10 }, { depth_m: 20 }))
    assert.isFalse(near({ heritage_zone: true }, { heritage_zone: false }))
    assert.isTrue(near({ depth_m: 0 }, { depth_m: 0 }))
  })

  test('DRAW-6: it does not matter which plan came first', ({ assert }) => {
    for (const change of [...suspected.map(([, , one]) => one), ...honest.map(([, , one]) => one)]) {
      assert.deepEqual(
        nearnessOf(plan(), plan(change), regulation),
        nearnessOf(plan(change), plan(), regulation)
      )
    }
  })

  test('a sketch tells the share of common text within a fifth, and near texts meet in a band', ({
    assert,
  }) => {
    const base = text(sentences('base', 1500))
    const whole = { sketch: sketchOf(base), shingles: base.size }
    for (const kept of [1500, 1200, 1000, 750, 500]) {
      const other = text([...sentences('base', kept), ...sentences(`other ${kept}`, 1500 - kept)])
      const sketch = sketchOf(other)
      const exact = containment(base, other)
      const estimate = estimatedContainment(whole, { sketch, shingles: other.size })
      assert.isAtMost(Math.abs(exact - estimate), 0.2, `${kept}: ${exact} ${estimate}`)
      const bands = bandsOf(sketch)
      const common = bandsOf(whole.sketch).filter((key, band) => bands[band] === key)
      if (exact > 0.4) assert.isNotEmpty(common, `${kept}`)
    }
    assert.equal(estimatedContainment(whole, { sketch: sketchOf(new Set()), shingles: 0 }), 0)
  })
})
