import { loadRegulation, readRegulationJson } from '#core/regulation/load_regulation'
import type { Regulation } from '#core/regulation/types'

/** The regulation file of the product's first city, as the rules see it. */
export async function nanning(): Promise<Regulation> {
  const loaded = await loadRegulation('nanning')
  if (!loaded.ok) throw new Error(`${loaded.error.code} at ${loaded.error.path}`)
  return loaded.value
}

/** A copy of the file's JSON that a test may spoil. */
export async function nanningJson(): Promise<any> {
  const json = await readRegulationJson('nanning')
  if (!json.ok) throw new Error(json.error.code)
  return structuredClone(json.value)
}
