/**
 * Cuts Noto Serif SC (OFL) down to the official words that the interface sets in Song.
 * Run after a change of official_words.ts: `node frontend/scripts/song_subset.ts`. Fails above 30,000 bytes.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import subsetFont from 'subset-font'
import { officialWords } from '../src/lib/ui/official_words.ts'

const limitBytes = 30_000
const root = path.resolve(import.meta.dirname, '../..')
const source = path.join(
  root,
  'node_modules/@fontsource/noto-serif-sc/files/noto-serif-sc-chinese-simplified-700-normal.woff2'
)
const target = path.resolve(import.meta.dirname, '../src/lib/ui/fonts/lz-song.woff2')

const letters = [...new Set(officialWords.join(''))].sort().join('')
const font = await subsetFont(await readFile(source), letters, {
  targetFormat: 'woff2',
  noLayoutClosure: true,
})
if (font.length > limitBytes) {
  throw new Error(`The Song subset has ${font.length} bytes, the limit is ${limitBytes}`)
}
await mkdir(path.dirname(target), { recursive: true })
await writeFile(target, font)
const range = [...letters].map((letter) => `U+${letter.codePointAt(0)!.toString(16)}`).join(', ')
await writeFile(
  path.join(path.dirname(target), 'song.css'),
  `/* Made by scripts/song_subset.ts. */\n@font-face {\n  font-family: 'LZ Song';\n  font-weight: 700;\n  font-display: swap;\n  src: url('./lz-song.woff2') format('woff2');\n  unicode-range: ${range};\n}\n`
)
console.log(`${[...letters].length} characters, ${font.length} bytes`)
