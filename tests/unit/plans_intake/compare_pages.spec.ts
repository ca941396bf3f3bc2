import { test } from '@japa/runner'
import { comparePages } from '#lib/pdf_intake/compare_pages'
import { commonPairs } from '#lib/pdf_intake/longest_common'

const page = (...lines: string[]) => ({ width: 595, height: 842, lines })
const numbered = (number: number, ...lines: string[]) => page(...lines, `第 ${number} 页`)

test.group('Comparing versions (PLAN-4)', () => {
  test('an inserted page moves the rest without changing it, running numbers included', ({ assert }) => {
    const before = [numbered(1, '甲'), numbered(2, '乙'), numbered(3, '丙')]
    const after = [numbered(1, '甲'), numbered(2, '新'), numbered(3, '乙'), numbered(4, '丙')]
    const { changes, samePages } = comparePages(before, after)
    assert.equal(samePages, 3)
    assert.deepEqual(changes, [{ kind: 'added', from: null, to: 2, lines: [{ kind: 'added', text: '新' }] }])
  })

  test('a changed line is shown between its neighbours', ({ assert }) => {
    const { changes } = comparePages([page('一', '深 5 m', '三')], [page('一', '深 6 m', '三')])
    assert.deepEqual(changes[0]!.lines, [
      { kind: 'same', text: '一' },
      { kind: 'removed', text: '深 5 m' },
      { kind: 'added', text: '深 6 m' },
      { kind: 'same', text: '三' },
    ])
  })

  test('a removed page is named, and scans are said to be unreadable', ({ assert }) => {
    const { changes, unreadable } = comparePages([page('甲'), page('乙')], [page('甲'), page()])
    assert.deepEqual(unreadable, [2])
    assert.equal(changes.length, 1)
    assert.deepEqual(
      comparePages([page('甲'), page('乙')], [page('乙')]).changes.map((change) => [
        change.kind,
        change.from,
      ]),
      [['removed', 1]]
    )
  })

  test('the common part is as long as an exhaustive search finds it', ({ assert }) => {
    let seed = 11
    const random = (most: number) => (seed = (seed * 48271) % 2147483647) % most
    const longest = (a: string[], b: string[]): number => {
      const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
      for (let x = a.length - 1; x >= 0; x--)
        for (let y = b.length - 1; y >= 0; y--)
          table[x]![y] =
            a[x] === b[y] ? table[x + 1]![y + 1]! + 1 : Math.max(table[x + 1]![y]!, table[x]![y + 1]!)
      return table[0]![0]!
    }
    for (let round = 0; round < 300; round++) {
      const list = () => Array.from({ length: random(9) }, () => 'abcd'[random(4)]!)
      const [a, b] = [list(), list()]
      const pairs = commonPairs(a, b)
      assert.equal(pairs.length, longest(a, b), `${a.join('')} ${b.join('')}`)
      for (const [x, y] of pairs) assert.equal(a[x], b[y])
    }
  })
})
