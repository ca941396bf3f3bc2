import { readdirSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'

type Text = string | { count: string; one: string; other: string }

const folder = new URL('../../../frontend/messages/', import.meta.url)
const areas = (locale: string) =>
  readdirSync(new URL(`${locale}/`, folder)).filter((name) => name.endsWith('.json'))
const read = (locale: string, area: string): Record<string, Text> =>
  JSON.parse(readFileSync(new URL(`${locale}/${area}`, folder), 'utf8'))
const words = (text: Text) => (typeof text === 'string' ? [text] : [text.one, text.other])
const parameters = (text: Text) =>
  [...new Set(words(text).flatMap((one) => [...one.matchAll(/\{(\w+)\}/g)].map((match) => match[1])))].sort()

/** Where a translation leaves a text out or forgets a parameter. */
export function gaps(chinese: Record<string, Text>, english: Record<string, Text>): string[] {
  const keys = [...new Set([...Object.keys(chinese), ...Object.keys(english)])]
  return keys.filter((key) => {
    const [one, other] = [chinese[key], english[key]]
    if (one === undefined || other === undefined) return true
    return parameters(one).join() !== parameters(other).join()
  })
}

test.group('texts of the interface', () => {
  test('finds what is missing', ({ assert }) => {
    assert.deepEqual(gaps({ a: '甲 {n}', b: '乙' }, { a: 'A' }), ['a', 'b'])
  })

  test('English is complete, with the same parameters', ({ assert }) => {
    assert.deepEqual(areas('zh-CN'), areas('en'))
    for (const area of areas('zh-CN')) assert.deepEqual(gaps(read('zh-CN', area), read('en', area)), [], area)
  })

  test('every area is listed for the compiler, no key twice', ({ assert }) => {
    const settings = JSON.parse(readFileSync(new URL('../project.inlang/settings.json', folder), 'utf8'))
    const listed: string[] = settings['plugin.lunzheng.messages'].areas
    const keys = areas('zh-CN').flatMap((area) => {
      assert.include(listed, area.replace('.json', ''))
      return Object.keys(read('zh-CN', area))
    })
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      []
    )
  })

  test('Chinese says 您, never 你, and shouts nothing', ({ assert }) => {
    for (const area of areas('zh-CN')) {
      for (const [key, text] of Object.entries(read('zh-CN', area))) {
        for (const one of words(text)) assert.notMatch(one, /[你！]/, key)
      }
    }
  })
})
