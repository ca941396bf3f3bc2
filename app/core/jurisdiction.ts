import env from '#start/env'
import { loadRegulation } from '#core/regulation/load_regulation'
import type { Regulation } from '#core/regulation/types'

const loaded = new Map<string, Promise<Regulation>>()

/** The regulation in force here. @throws when the installation's file is missing or broken. */
export function regulation(id: string = env.get('JURISDICTION') ?? 'nanning'): Promise<Regulation> {
  const known = loaded.get(id)
  if (known) return known
  const reading = loadRegulation(id, env.get('REGULATIONS_DIR')).then((result) => {
    if (result.ok) return result.value
    throw new Error(`Regulation file ${id}: ${JSON.stringify(result.error)}`)
  })
  loaded.set(id, reading)
  return reading
}
