import { test } from '@japa/runner'
import { canonicalJson } from '#lib/canonical_json'
import { formatVerifierKey } from '#lib/tlog/keys'
import { TRUST } from '#tests/unit/draw_lib/support/fixtures'
import { spotCheckEvidence } from '#tests/unit/draw_lib/support/spot_check'
import { failed, folder, said, verify, writeAll } from './support/command.ts'

const evidence = spotCheckEvidence()
const other = spotCheckEvidence({ occasion: '2027-Q1' })

/** Name, change, and all codes that the command may name, in their order. */
const ALTERED: [string, (copy: any) => unknown, string[]][] = [
  ['the list', (e) => e.population.pop(), ['sample_root', 'sample_result']],
  ['the sample', (e) => e.taken.reverse(), ['sample_result']],
  ["the witness's random number", (e) => (e.proofs.witness = other.proofs.witness), ['sample_witness_proof']],
  ['the place in the log', (e) => (e.commit = other.commit), ['sample_commit_payload']],
]

const SIGNERS = [
  'sample_server_key_trusted',
  'sample_witness_key_trusted',
  'sample_ledger_key_trusted',
  'sample_cosigner_key_trusted',
]

test.group('npm run verify: evidence of a spot check', (group) => {
  const place = folder()
  group.each.timeout(60_000)
  group.setup(() => {
    writeAll(place.path('trust'), {
      'server.json': JSON.stringify({ party: 'server', vrfKey: TRUST.serverVrfKeys[0] }),
      'witness.json': JSON.stringify({ party: 'witness', vrfKey: TRUST.witnessVrfKeys[0] }),
      'ledger.vkey': TRUST.ledgerKeys.map(formatVerifierKey).join('\n'),
    })
    writeAll(place.path(), { 'evidence.json': canonicalJson(evidence as never) })
    const files = ALTERED.map(([, change], i) => {
      const copy = JSON.parse(JSON.stringify(evidence))
      change(copy)
      return [`${i}.json`, canonicalJson(copy)]
    })
    writeAll(place.path('altered'), Object.fromEntries(files))
  })
  group.teardown(() => place.remove())

  test('SUP-1: genuine: 0; without keys: signer unknown, 1', ({ assert }) => {
    const ended = verify([place.path('evidence.json'), '--trust', place.path('trust'), '--json'])
    const result = said(ended).results.get('evidence.json')!
    assert.deepEqual([ended.exit, result.kind, result.verdict], [0, 'spot_check_evidence', 'genuine'])
    assert.deepEqual(failed(result), [])
    const unknown = verify([place.path('evidence.json'), '--json'])
    assert.deepEqual([unknown.exit, failed(said(unknown).results.get('evidence.json')!)], [1, SIGNERS])
  })

  test('SUP-1: altered: 1, with the reason in both languages', ({ assert }) => {
    const ended = verify([place.path('altered'), '--trust', place.path('trust'), '--json'])
    assert.equal(ended.exit, 1)
    const { results } = said(ended)
    ALTERED.forEach(([name, , codes], i) => {
      const result = results.get(`${i}.json`)!
      assert.deepEqual([result.verdict, failed(result)], ['not_genuine', codes], name)
      for (const { ok, reason } of result.steps) {
        assert.equal(reason === null, ok)
        if (reason) assert.match(reason.zh, /[一-鿿]/)
        if (reason) assert.match(reason.en, /^[^一-鿿]{8,}$/)
      }
    })
    const words = verify([place.path('altered', '0.json'), '--trust', place.path('trust'), '--lang', 'zh'])
    assert.include(words.out, '抽查证据')
    assert.include(words.out, '名单被改动过 [sample_root]')
  })
})
