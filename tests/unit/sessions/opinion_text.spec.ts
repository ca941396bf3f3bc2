import { test } from '@japa/runner'
import { opinionText } from '#sessions/domain/opinion_text'

test.group('Text of an opinion', () => {
  test('what is wrong and what is asked make one sentence: {0} + {1}')
    .with([
      ['无涌水量计算', '应补计算', '无涌水量计算，应补计算'],
      ['无涌水量计算。', '应补计算。', '无涌水量计算。应补计算。'],
      ['无涌水量计算；', '应补计算', '无涌水量计算，应补计算'],
      ['为何无计算？', '应补', '为何无计算？应补'],
      ['', '应补计算', '应补计算'],
      ['无涌水量计算', '  ', '无涌水量计算'],
    ])
    .run(({ assert }, [finding, requirement, text]) => {
      assert.equal(opinionText({ finding: finding!, requirement: requirement! }), text)
    })
})
