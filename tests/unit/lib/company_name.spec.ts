import { test } from '@japa/runner'
import { companyKey } from '#lib/company_name'

test.group('What companies are compared by', () => {
  test('DRAW-5: brackets, width, spaces, dots and letters that look alike give one company', ({ assert }) => {
    const same = [
      '桂岩（南宁）勘测设计有限公司A·B',
      '桂岩(南宁)勘测设计有限公司A·B',
      '桂岩 ( 南宁 ) 勘测设计有限公司Ａ・Ｂ',
      '桂岩〔南宁〕勘测设计\u200b有限公司a•b',
      '桂岩【南宁】勘测设计有限公司\u3000Ａ·Ｂ',
    ]
    assert.lengthOf(new Set(same.map(companyKey)), 1)
  })

  test('DRAW-5: other companies stay others', ({ assert }) => {
    const others = [
      '桂岩勘测设计有限公司',
      '桂岩（柳州）勘测设计有限公司',
      '桂岩（南宁）勘测有限公司',
      '桂岩（南宁）',
    ]
    assert.lengthOf(new Set(others.map(companyKey)), others.length)
  })
})
