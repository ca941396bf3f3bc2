import { isBeaconChain } from '#lib/draw/beacon'
import type { Level } from '#lib/draw/rules'
import { QUICKNET, type BeaconChain } from '#lib/drand'
import { fail, ok, type Result } from '#lib/result'

/** Where the public beacon of level L3 is asked, and under which key its values are believed. */
export interface BeaconSettings {
  readonly chain: BeaconChain
  /** Addresses of servers that pass the beacon's values on, in the order in which they are asked. */
  readonly urls: readonly string[]
}

export type BeaconSettingsError =
  { code: 'no_urls' } | { code: 'url_malformed'; url: string } | { code: 'chain_malformed' }

/**
 * Settings as text, or what is wrong with them. Null where no draw is to have a beacon. Without a chain it is
 * drand's quicknet, whose key is pinned here.
 */
export function readBeaconSettings(given: {
  readonly level: Level
  /** Addresses, separated by white space or commas. */
  readonly urls: string | undefined
  /** JSON of {scheme, chain, publicKey, period, genesis}. */
  readonly chain: string | undefined
}): Result<BeaconSettings | null, BeaconSettingsError> {
  const urls = (given.urls ?? '').split(/[\s,]+/).filter((url) => url !== '')
  const malformed = urls.find((url) => !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
  if (malformed !== undefined) return fail({ code: 'url_malformed', url: malformed })
  const chain = given.chain === undefined ? QUICKNET : jsonOf(given.chain)
  if (!isBeaconChain(chain)) return fail({ code: 'chain_malformed' })
  if (urls.length > 0) return ok({ chain, urls: urls.map((url) => url.replace(/\/+$/, '')) })
  return given.level === 'L3' ? fail({ code: 'no_urls' }) : ok(null)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** For whoever starts the program. */
export function faultInWords(error: BeaconSettingsError): string {
  switch (error.code) {
    case 'no_urls':
      return (
        'The regulation has draw.level L3, and DRAND_URLS names no server of the beacon: ' +
        'set it, e.g. DRAND_URLS="https://api.drand.sh https://drand.cloudflare.com"'
      )
    case 'url_malformed':
      return `DRAND_URLS: ${error.url} is no http or https address`
    case 'chain_malformed':
      return 'DRAND_CHAIN: not a JSON file of {scheme, chain, publicKey, period, genesis} with a valid key'
  }
}
