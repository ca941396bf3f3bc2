import { DRAWS, REPORT } from '../bundle/check_content.ts'
import { readZip } from '../bundle/read_zip.ts'
import type { Input } from './verify_input.ts'

/** The input, and the files in it that have a verifier of their own: report and draws of a bundle. */
export function withInner(input: Input): Input[] {
  if (!('bytes' in input) || typeof input.bytes === 'string') return [input]
  const { name, bytes } = input
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return [input]
  const files = readZip(bytes)
  if (!files.ok) return [input]
  const inner = [...files.value].filter(([path]) => path === REPORT || DRAWS.test(path))
  return [input, ...inner.map(([path, content]) => ({ name: `${name}/${path}`, bytes: content }))]
}
