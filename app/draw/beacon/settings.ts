import { existsSync, readFileSync } from 'node:fs'
import env from '#start/env'
import { regulation } from '#core/jurisdiction'
import { faultInWords, readBeaconSettings, type BeaconSettings } from '#draw/beacon/read_settings'

let known: BeaconSettings | null | undefined

/**
 * This installation's beacon, null where it has none. @throws, in words, when draws are to have one by the regulation and
 * the settings are incomplete: at the start, not at the first draw.
 */
export async function beaconSettings(): Promise<BeaconSettings | null> {
  if (known !== undefined) return known
  const { values } = await regulation()
  const file = env.get('DRAND_CHAIN')
  if (file && !existsSync(file)) throw new Error(`DRAND_CHAIN: there is no file ${file}`)
  const chain = file ? readFileSync(file, 'utf8') : undefined
  const read = readBeaconSettings({
    level: values['draw.level'].value,
    urls: env.get('DRAND_URLS'),
    chain,
  })
  if (!read.ok) throw new Error(faultInWords(read.error))
  known = read.value
  return known
}
