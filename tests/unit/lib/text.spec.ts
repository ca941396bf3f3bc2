import { test } from '@japa/runner'
import { foldIdentifier, foldWidth } from '#lib/text'

test.group('Text', () => {
  test('folds width without touching what is no variant of width', ({ assert }) => {
    assert.equal(foldWidth('Ａ－０７　地块①'), 'A-07 地块①')
    assert.equal(foldWidth('e\u0301'), '\u00e9')
  })

  test('gives one spelling to codes that look alike', ({ assert }) => {
    for (const same of [
      '４５０１０３－ａ',
      '450103–A ',
      '4501\u200b03-a',
      '\ufeff450103−A',
      '4501 03\u00ad-a',
    ]) {
      assert.equal(foldIdentifier(same), '450103-A')
    }
    assert.notEqual(foldIdentifier('450103-B'), '450103-A')
    assert.equal(foldIdentifier('ａ \u0301'), foldIdentifier(foldIdentifier('ａ \u0301')))
  })
})
