import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'

const ROOT = new URL('../../../', import.meta.url)
const ROW =
  /^\| (?<attack>[^|]+) \| (?<detector>[^|]+) \| `(?<file>tests\/[\w/.]+\.spec\.ts)` › (?<title>[^|]+) \|$/

type Read = (path: string) => Promise<string | null>
const fromDisk: Read = (path) => readFile(new URL(path, ROOT), 'utf8').catch(() => null)

/** Rows that are none, tests that are not there, and detectors that no such test names. */
async function untrue(page: string, read: Read): Promise<string[]> {
  const rows = page.split('\n').filter((line) => /^\| (?!attack|-)/.test(line))
  const told = await Promise.all(rows.map((row) => untrueRow(row, read)))
  return told.flat()
}

async function untrueRow(row: string, read: Read): Promise<string[]> {
  const { detector, file, title } = ROW.exec(row)?.groups ?? {}
  if (!detector || !file || !title) return [`no row: ${row}`]
  const text = await read(file)
  if (text === null) return [`no file: ${file}`]
  if (!["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`)))
    return [`no test: ${title}`]
  const names = [...detector.matchAll(/`([^`]+)`/g)].map((match) => match[1]!)
  return names.filter((name) => !text.includes(name)).map((name) => `${title} does not name ${name}`)
}

test.group('The page of attacks', () => {
  test('names tests that exist, which name the detector', async ({ assert }) => {
    const page = await readFile(new URL('docs/attacks.md', ROOT), 'utf8')
    assert.isAbove(page.split('\n').filter((line) => ROW.test(line)).length, 45)
    assert.deepEqual(await untrue(page, fromDisk), [])
  })

  test('a test, a title and a detector that are not there are found', async ({ assert }) => {
    const read: Read = async (path) => (path === 'tests/a.spec.ts' ? "test('found', () => 'gap')" : null)
    const row = (file: string, title: string, detector = '`gap`') =>
      `| x | ${detector} | \`${file}\` › ${title} |`
    assert.deepEqual(await untrue(row('tests/a.spec.ts', 'found'), read), [])
    for (const bad of [
      row('tests/b.spec.ts', 'found'),
      row('tests/a.spec.ts', 'lost'),
      row('tests/a.spec.ts', 'found', '`hole`'),
      '| x | y |',
    ])
      assert.lengthOf(await untrue(bad, read), 1, bad)
  })
})
