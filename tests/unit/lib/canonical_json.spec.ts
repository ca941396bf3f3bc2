import { test } from '@japa/runner'
import { canonicalJson, CanonicalJsonError, parseStrictJson } from '#lib/canonical_json'

function refusal(value: unknown): string {
  try {
    return `written: ${canonicalJson(value)}`
  } catch (error) {
    if (error instanceof CanonicalJsonError) return `${error.code} ${error.path}`
    throw error
  }
}

test.group('Canonical JSON', () => {
  test('sorts names by UTF-16 code units and escapes as RFC 8785 does', ({ assert }) => {
    const value = {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '1': 'One',
      '\u{1f600}': 'Smile',
      '\u00f6': 'o',
      '\ufb33': 'x',
    }
    assert.match(refusal(value), /not_nfc/)
    assert.equal(
      canonicalJson({ '\u20ac': 1, '\r': 2, '1': 3, '\u{1f600}': 4, '\u00f6': 5, '\u0080': 6 }),
      '{"\\r":2,"1":3,"\u0080":6,"\u00f6":5,"\u20ac":1,"\u{1f600}":4}'
    )
    assert.equal(canonicalJson('\u000f\n"\\/\u007f\b'), '"\\u000f\\n\\"\\\\/\u007f\\b"')
    assert.equal(canonicalJson([true, null, { a: [] }, -7]), '[true,null,{"a":[]},-7]')
  })

  test('has no spelling for what could be read in two ways', ({ assert }) => {
    assert.equal(refusal({ a: -0 }), 'negative_zero $.a')
    assert.equal(refusal([1.5]), 'not_an_integer $[0]')
    assert.equal(refusal(Number.NaN), 'not_an_integer $')
    assert.equal(refusal(1e21), 'unsafe_integer $')
    assert.equal(refusal(2 ** 53), 'unsafe_integer $')
    assert.equal(refusal('\ud800'), 'lone_surrogate $')
    assert.equal(refusal('\udc00\ud800'), 'lone_surrogate $')
    assert.equal(refusal('e\u0301'), 'not_nfc $')
    assert.equal(refusal({ 'e\u0301': 1 }), 'not_nfc $.e\u0301')
    assert.equal(refusal({ a: undefined }), 'unsupported_type $.a')
    assert.equal(refusal([undefined, 1]), 'unsupported_type $[0]')
    assert.equal(refusal(1n), 'unsupported_type $')
    assert.equal(refusal(new Date(0)), 'unsupported_type $')
    assert.equal(refusal({ [Symbol('a')]: 1 }), 'unsupported_type $')
    let deep: unknown = 1
    for (let i = 0; i < 70; i++) deep = [deep]
    assert.match(refusal(deep), /^too_deep/)
  })

  test('reads only what it would write itself', ({ assert }) => {
    const text = '{"__proto__":{"x":1},"a":[1,"二"],"b":{}}'
    const read = parseStrictJson(text)
    assert.isTrue(read.ok)
    assert.equal(read.ok && canonicalJson(read.value), text)
    for (const [bad, code] of [
      ['{"a":1,"a":1}', 'not_canonical'],
      ['{"a":1,"a":2}', 'not_canonical'],
      ['{"b":1,"a":1}', 'not_canonical'],
      ['{"a": 1}', 'not_canonical'],
      ['"\\u0041"', 'not_canonical'],
      ['1.0', 'not_canonical'],
      ['1e2', 'not_canonical'],
      ['-0', 'negative_zero'],
      ['1e21', 'unsafe_integer'],
      ['0.5', 'not_an_integer'],
      ['"\\ud800"', 'lone_surrogate'],
      ['"e\u0301"', 'not_nfc'],
      ['{"a":1}\n', 'not_canonical'],
      ['\ufeff1', 'not_json'],
      ['{"a":1,}', 'not_json'],
      ['', 'not_json'],
      ['['.repeat(5000) + ']'.repeat(5000), 'too_deep'],
    ]) {
      const result = parseStrictJson(bad!)
      assert.equal(result.ok ? 'read' : result.error.code, code, bad!.slice(0, 40))
    }
    assert.deepEqual(parseStrictJson('{"a":1,"a":2}'), {
      ok: false,
      error: { code: 'not_canonical', firstDifferenceAt: 5 },
    })
  })
})
