import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { test } from '@japa/runner'

/** Everything that a module loads, and what it names from outside the tree; types are not loaded. */
function imports(entry: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(entry)) return seen
  const source = readFileSync(entry, 'utf8').replace(/^import type [\s\S]*?from '.*'$/gm, '')
  const names = [...source.matchAll(/^(?:import|export)\b[\s\S]*?from '([^']+)'$|^import '([^']+)'$/gm)].map(
    ([, from, bare]) => from ?? bare!
  )
  seen.set(entry, names)
  for (const name of names) if (name.startsWith('.')) imports(resolve(dirname(entry), name), seen)
  return seen
}

const root = resolve(import.meta.dirname, '../../../lib')
const outside = (entry: string) => {
  const loaded = imports(resolve(root, entry))
  for (const file of loaded.keys()) if (!existsSync(file)) throw new Error(file)
  return [...new Set([...loaded.values()].flat().filter((name) => !name.startsWith('.')))].sort()
}

test.group('what runs in the browser', () => {
  test("the verifier and the signer's check load nothing of Node, and one small library", ({ assert }) => {
    assert.deepEqual(outside('pdf/verify_report_pdf.ts'), ['fflate'])
    assert.deepEqual(outside('pdf/what_you_sign.ts'), ['fflate'])
  })

  test('the check sees what Node needs: the generator cannot run in a browser', ({ assert }) => {
    assert.include(outside('pdf/report_pdf.ts'), 'node:crypto')
  })
})
