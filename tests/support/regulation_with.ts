import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder with Nanning's regulation in which these values are others: what REGULATIONS_DIR is set to. */
export function regulationWith(values: Record<string, unknown>): string {
  const directory = mkdtempSync(join(tmpdir(), 'lunzheng-regulations-'))
  const json = JSON.parse(readFileSync('resources/regulations/nanning.json', 'utf8'))
  for (const [key, value] of Object.entries(values)) json.values[key].value = value
  writeFileSync(join(directory, 'nanning.json'), JSON.stringify(json))
  return directory
}
