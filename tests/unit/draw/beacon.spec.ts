import { test } from '@japa/runner'
import { QUICKNET } from '#lib/drand'
import { askBeacon } from '#draw/beacon/ask_beacon'
import { faultInWords, readBeaconSettings } from '#draw/beacon/read_settings'
import { BeaconServer, type BeaconMood } from '#tests/support/beacon_server'
import { localBeacon } from '#tests/support/local_beacon'

const BEACON = localBeacon(7)
const OTHER = localBeacon(8)
const ROUND = 41

test.group('DRAW-9: asking several servers for a round of the beacon', (group) => {
  let first: BeaconServer
  let second: BeaconServer
  group.each.setup(async () => {
    first = await BeaconServer.of(BEACON, OTHER)
    second = await BeaconServer.of(BEACON, OTHER)
    return () => {
      first.close()
      second.close()
    }
  })
  const ask = () => askBeacon(BEACON.chain, [first.url, second.url], ROUND)

  test('one that is down, late, has no such round or tells another value does not matter where another has it', async ({
    assert,
  }) => {
    const moods: BeaconMood[] = ['honest', 'down', 'late', 'not_out', 'garbage', 'endless']
    for (const mood of [...moods, 'other_round', 'other_chain'] as const) {
      first.mood = mood
      assert.deepEqual(await ask(), { ok: true, value: BEACON.sign(ROUND) }, mood)
    }
    assert.lengthOf(second.asked, 7)
  })

  test('where nobody has it, it says what the servers did, and takes nothing in its place', async ({
    assert,
  }) => {
    const outcomes: [BeaconMood, BeaconMood, string][] = [
      ['down', 'down', 'beacon_unreachable'],
      ['down', 'not_out', 'beacon_round_missing'],
      ['not_out', 'other_round', 'beacon_value_wrong'],
      ['other_chain', 'down', 'beacon_value_wrong'],
      ['garbage', 'endless', 'beacon_value_wrong'],
    ]
    for (const [one, two, code] of outcomes) {
      first.mood = one
      second.mood = two
      assert.deepEqual(await ask(), { ok: false, error: { code } }, `${one}, ${two}`)
    }
    assert.deepEqual(await askBeacon(BEACON.chain, [], ROUND), {
      ok: false,
      error: { code: 'beacon_unreachable' },
    })
  })
})

test.group('DRAW-9: settings of the beacon', () => {
  const read = (given: { level?: 'L2' | 'L3'; urls?: string; chain?: string }) =>
    readBeaconSettings({ level: 'L3', urls: undefined, chain: undefined, ...given })

  test('several addresses, quicknet unless another chain is given', ({ assert }) => {
    const urls = 'https://api.drand.sh/, https://drand.cloudflare.com\nhttp://127.0.0.1:8080/relay/'
    assert.deepEqual(read({ urls }), {
      ok: true,
      value: {
        chain: QUICKNET,
        urls: ['https://api.drand.sh', 'https://drand.cloudflare.com', 'http://127.0.0.1:8080/relay'],
      },
    })
    const own = read({ urls, chain: JSON.stringify(BEACON.chain) })
    assert.deepEqual(own.ok && own.value?.chain, BEACON.chain)
    assert.deepEqual(read({ level: 'L2' }), { ok: true, value: null })
  })

  test('what is incomplete is said in words', ({ assert }) => {
    const told = (given: Parameters<typeof read>[0]) => {
      const settings = read(given)
      return settings.ok ? 'ok' : faultInWords(settings.error)
    }
    assert.match(told({}), /draw\.level L3, and DRAND_URLS names no server/)
    assert.match(told({ urls: 'https://a.example ftp://b.example' }), /ftp:\/\/b\.example is no http/)
    assert.match(told({ urls: 'https://a.example', chain: '{' }), /DRAND_CHAIN: not a JSON file/)
    const { publicKey: _, ...keyless } = BEACON.chain
    assert.match(told({ urls: 'https://a.example', chain: JSON.stringify(keyless) }), /DRAND_CHAIN/)
    const zero = { ...BEACON.chain, publicKey: '00'.repeat(96) }
    assert.match(told({ urls: 'https://a.example', chain: JSON.stringify(zero) }), /DRAND_CHAIN/)
  })
})
