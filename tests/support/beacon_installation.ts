import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BeaconServer } from '#tests/support/beacon_server'
import { ROOT } from '#tests/support/cluster'
import { localBeacon, type LocalBeacon } from '#tests/support/local_beacon'
import { regulationWith } from '#tests/support/regulation_with'

/** Of the app's clock: it takes every round to be out, and one that is awaited an hour later still. */
const FAST_BY_MS = 3 * 3_600_000

/** A real beacon of one party behind two servers, and the environment of an installation that draws with it. */
export interface BeaconInstallation {
  readonly beacon: LocalBeacon
  readonly other: LocalBeacon
  readonly first: BeaconServer
  readonly second: BeaconServer
  readonly environment: NodeJS.ProcessEnv
  close(): void
}

export async function beaconInstallation(): Promise<BeaconInstallation> {
  const [beacon, other] = [localBeacon(7), localBeacon(8)]
  const folder = mkdtempSync(join(tmpdir(), 'lunzheng-beacon-'))
  const chain = join(folder, 'chain.json')
  writeFileSync(chain, JSON.stringify(beacon.chain))
  const [first, second] = await Promise.all([BeaconServer.of(beacon, other), BeaconServer.of(beacon, other)])
  return {
    beacon,
    other,
    first,
    second,
    environment: {
      REGULATIONS_DIR: regulationWith({ 'draw.level': 'L3' }),
      DRAND_URLS: `${first.url} ${second.url}`,
      DRAND_CHAIN: chain,
      NODE_OPTIONS: `--import=${join(ROOT, 'tests/support/fast_clock.mjs')}`,
      FAST_CLOCK_MS: String(FAST_BY_MS),
    },
    close: () => {
      first.close()
      second.close()
      rmSync(folder, { recursive: true })
    },
  }
}
