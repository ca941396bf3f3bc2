import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Calls at any hour of the day, one right after the other. */
export const AT_ANY_HOUR = {
  'invitation.window_opens_hour': 0,
  'invitation.window_closes_hour': 24,
  'call_out.minutes_apart': 0,
}

/** A folder with Nanning's regulation in which these values are others: what REGULATIONS_DIR is set to. */
export function regulationWith(values: Record<string, unknown>): string {
  const directory = mkdtempSync(join(tmpdir(), 'lunzheng-regulations-'))
  const json = JSON.parse(readFileSync('resources/regulations/nanning.json', 'utf8'))
  for (const [key, value] of Object.entries(values)) json.values[key].value = value
  writeFileSync(join(directory, 'nanning.json'), JSON.stringify(json))
  return directory
}
