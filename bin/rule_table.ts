/**
 * Writes docs/rules.md: for every rule its source, the code that names it in a doc comment and the tests
 * that name it in their title. `--check` writes nothing and ends with 1 when the file is out of date.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Rule = { id: string; source: string; zh: string; en: string }
export type SourceFile = { path: string; text: string }
export type RuleTable = { markdown: string; unknown: { id: string; path: string }[] }

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const TABLE = join(ROOT, 'docs/rules.md')
const CODE_FOLDERS = ['app', 'lib', 'witness', 'bin', 'start', 'config', 'database', 'frontend']
const SKIPPED = new Set(['node_modules', 'build', '.svelte-kit', 'dist', 'paraglide', 'generated'])
/** This file and its test name ids as examples only. */
const OWN = new Set(['bin/rule_table.ts', 'tests/unit/core/rule_table.spec.ts'])
const PREFIXES = 'ORG|REV|REG|PLAN|DRAW|MEET|CONC|REP|ARC|FEE|EVAL|SUP|SEC'
const ID = new RegExp(`\\b(?:${PREFIXES})-\\d+\\b`, 'g')
const RANGE = new RegExp(`\\b(${PREFIXES})-(\\d+) (?:…|to) (?:\\1-)(\\d+)\\b`, 'g')

/** The ids in a text, "DRAW-3 … DRAW-6" standing for four of them. */
export function idsIn(text: string): string[] {
  const spread = text.replace(RANGE, (_, prefix: string, from: string, to: string) => {
    const count = Math.max(0, Number(to) - Number(from) + 1)
    return Array.from({ length: count }, (_one, i) => `${prefix}-${Number(from) + i}`).join(' ')
  })
  return [...new Set(spread.match(ID) ?? [])]
}

/** Ids in the doc comments of a source file; in a test, those of its titles and of the rows that make titles. */
export function idsClaimedBy({ path, text }: SourceFile): string[] {
  const doc = /\/\*\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g
  const title = /\btest(?:\.\w+)*\(\s*(['"`])(?:\\.|(?!\1).)*\1/g
  const row = new RegExp(`\\[\\s*'(?:${PREFIXES})-\\d+',\\s*'`, 'g')
  const found = isTest(path) ? [...text.matchAll(title), ...text.matchAll(row)] : [...text.matchAll(doc)]
  return idsIn(found.map((one) => one[0].replace(/\n\s*\*/g, '')).join('\n'))
}

export function ruleTable(rules: readonly Rule[], files: readonly SourceFile[]): RuleTable {
  const known = new Set(rules.map((rule) => rule.id))
  const unknown = files.flatMap(({ path, text }) =>
    idsIn(text).flatMap((id) => (known.has(id) ? [] : [{ id, path }]))
  )
  const claims = files.map((file) => ({ path: file.path, ids: new Set(idsClaimedBy(file)) }))
  const rows = rules.map(({ id, source, zh, en }) => {
    const paths = claims.filter((one) => one.ids.has(id)).map((one) => one.path)
    const code = paths.filter((path) => !isTest(path))
    const tests = paths.filter(isTest)
    return `| ${id} | ${zh}<br>${en} | ${source} | ${cell(code, '尚无代码 / no code yet')} | ${cell(tests, '尚无测试 / no test yet')} |`
  })
  return { markdown: `${HEAD}\n${rows.join('\n')}\n`, unknown }
}

const HEAD = `# Rules and where they are kept

Made by \`node --import=./bin/typescript.mjs bin/rule_table.ts\` from \`resources/regulations/rules.json\`, the doc
comments of the code and the titles of the tests. Sources: NN 南住建〔2019〕104号 · 37 住建部令第37号 · 31 建办质〔2018〕31号 ·
48 建办质〔2021〕48号 · 63 建办质〔2024〕63号 · 5 建质规〔2024〕5号 · ESL 电子签名法 · PIPL 个人信息保护法 · D 平台规则.

| rule | 内容 / content | source | code | tests |
|---|---|---|---|---|`

function cell(paths: readonly string[], none: string): string {
  return paths.length === 0 ? none : paths.map((path) => `\`${path}\``).join('<br>')
}

function isTest(path: string): boolean {
  return path.startsWith('tests/') || /\.(spec|test)\.ts$/.test(path)
}

export async function readRules(): Promise<Rule[]> {
  return JSON.parse(await readFile(join(ROOT, 'resources/regulations/rules.json'), 'utf8')) as Rule[]
}

/** All sources of the tree with their paths, sorted, so that the table is the same on every machine. */
export async function readSources(): Promise<SourceFile[]> {
  const found = await Promise.all([...CODE_FOLDERS, 'tests'].map((folder) => walk(folder)))
  const paths = found.flat().filter((path) => /\.(ts|svelte)$/.test(path) && !OWN.has(path))
  return Promise.all(
    paths.sort().map(async (path) => ({ path, text: await readFile(join(ROOT, path), 'utf8') }))
  )
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    }
  )
  const parts = entries.map(async (entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(path)
    return [path]
  })
  return (await Promise.all(parts)).flat()
}

async function main(check: boolean): Promise<number> {
  const { markdown, unknown } = ruleTable(await readRules(), await readSources())
  for (const { id, path } of unknown) console.error(`${path}: no rule ${id}`)
  if (unknown.length > 0) return 1
  if (!check) {
    await writeFile(TABLE, markdown)
    console.log('docs/rules.md written')
    return 0
  }
  const fresh = (await readFile(TABLE, 'utf8')) === markdown
  console.log(fresh ? 'docs/rules.md is up to date' : 'docs/rules.md is out of date: run bin/rule_table.ts')
  return fresh ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.includes('--check'))
}
