import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { unzipSync, zipSync } from 'fflate'
import { buildFrontend } from '#bin/platform/build_frontend'
import { canonicalJson, parseStrictJson, type Json } from '#lib/canonical_json'
import { sha256, toHex } from '#lib/bytes'
import { trustOf } from '#lib/verify/trust'
import { verifyInput } from '#lib/verify/verify_input'
import { concludedReview, type ConcludedReview } from '#tests/api/reports/support/concluded_review'
import { issued } from '#tests/api/revision/support/after_meeting'
import { ace } from '#tests/support/ace'
import { ROOT, testInstance, type TestInstance } from '#tests/support/cluster'
import { signIn, type Person } from '#tests/support/person'

type Files = Record<string, Uint8Array>
type Line = {
  index: number
  leaf: string
  path: string[]
  opening: { payload: Record<string, Json> } | null
  withheld: 'reader' | 'erased' | null
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytesOf = (value: string) => new TextEncoder().encode(value)

test.group('Evidence bundle of a review', (group) => {
  let app: TestInstance
  let review: ConcludedReview
  let archive: Uint8Array
  let files: Files
  let keys: { name: string; text: string }[]

  group.setup(async () => {
    // The bundle carries the offline verifier as it was built.
    await buildFrontend(ROOT)
    app = await testInstance({ environment: { MEDIA: 'off' } })
    review = await concludedReview(app)
    await issued(review)
    archive = await taken(await signIn(app.url, '19900000009'))
    files = unzipSync(archive)
    keys = ['server.vkey', 'witness.vkey'].map((name) => ({ name, text: text(files[`ledger/${name}`]!) }))
    const root = readFileSync(join(app.instance.options.varDir, 'trust', 'root.pem'), 'utf8')
    keys.push({ name: 'root.pem', text: root })
    return () => app.stop()
  })
  group.each.timeout(120_000)

  async function taken(person: Person): Promise<Uint8Array> {
    const { status, bytes } = await person.fileOf(`/api/reviews/${review.reviewId}/evidence-bundle`)
    if (status !== 200) throw new Error(`${status} ${text(bytes)}`)
    return bytes
  }

  async function judged(changed: Files, trust = keys): Promise<{ verdict: string; failed: string[] }> {
    const input = { name: 'evidence.zip', bytes: zipSync(changed, { level: 0 }) }
    const { verdict, steps } = await verifyInput(input, trustOf(trust))
    return { verdict, failed: steps.filter(({ ok }) => !ok).map(({ code }) => code) }
  }

  const lines = (given = files) =>
    text(given['ledger/entries.jsonl']!)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  const withLines = (changed: readonly unknown[]): Files => {
    return {
      ...files,
      'ledger/entries.jsonl': bytesOf(`${changed.map((line) => canonicalJson(line)).join('\n')}\n`),
    }
  }
  const altered = (path: string, change: (bytes: Uint8Array) => void): Files => {
    const bytes = Uint8Array.from(files[path]!)
    change(bytes)
    return { ...files, [path]: bytes }
  }

  test('DRAW-9: is genuine under pinned keys, and of an unknown signer without', async ({ assert }) => {
    assert.deepEqual(await judged(files), { verdict: 'genuine', failed: [] })
    const unknown = await judged(files, [])
    assert.equal(unknown.verdict, 'consistent_unknown_signer')
    const untrusted = ['log_key', 'witness_key', 'timestamp_root'].map((what) => `ledger_${what}_trusted`)
    assert.deepEqual(unknown.failed, untrusted)
    assert.includeMembers(Object.keys(files), [
      'report.pdf',
      'offline-verifier.html',
      'README.txt',
      'bundle.json',
      'timestamps/list',
      'timestamps/consistency.json',
    ])
    assert.equal(lines().length, (lines().at(-1)!.opening!.payload as { entries: number }).entries)
  })

  test('SEC-2: participants get the same entries, less of them opened; strangers none', async ({
    assert,
  }) => {
    const own = unzipSync(await taken(review.organiser))
    const mine = lines(own)
    assert.deepEqual((await judged(own)).failed, [])
    const closed = mine
      .filter(({ opening }) => opening === null)
      .map(({ leaf }) => JSON.parse(leaf).type as string)
    assert.include(closed, 'plan.created')
    assert.notInclude(closed, 'report.signed')
    assert.isTrue(lines().every(({ opening }) => opening !== null))
    const stranger = await signIn(app.url, '19900000020')
    assert.equal((await stranger.post(`/api/reviews/${review.reviewId}/evidence-bundle`)).status, 404)
  })

  test('by the command: bundle and report in one run, the worst code counts', ({ assert }) => {
    const folder = mkdtempSync(join(tmpdir(), 'lz-bundle-'))
    try {
      writeFileSync(join(folder, 'evidence.zip'), archive)
      for (const key of keys.slice(0, 2)) writeFileSync(join(folder, key.name), key.text)
      const command = ['--import=./bin/typescript.mjs', 'bin/verify.ts', '--json', '--trust', folder]
      const ended = spawnSync(process.execPath, [...command, join(folder, 'evidence.zip')], { cwd: ROOT })
      const said = JSON.parse(ended.stdout.toString())
      const verdicts = said.results.map((one: { input: string; verdict: string }) => [one.input, one.verdict])
      assert.deepEqual(verdicts, [
        // No root certificate was given, neither for timestamps nor for the report.
        ['evidence.zip', 'consistent_unknown_signer'],
        ['evidence.zip/report.pdf', 'consistent_unknown_signer'],
      ])
      assert.equal(ended.status, 1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('each thing that somebody might leave out, move or change is refused by its own check', async ({
    assert,
  }) => {
    const all = lines()
    const middle = Math.floor(all.length / 2)
    const opened = all.findIndex(({ opening }, i) => i > 2 && opening !== null)
    const manifest = parseStrictJson(text(files['bundle.json']!))
    const list = manifest.ok
      ? (manifest.value as { files: Json[]; entry: number; review: Record<string, Json> })
      : null
    const { ['report.pdf']: _, ...withoutReport } = files
    const attacks: [string, Files, string][] = [
      ['an entry left out', withLines(all.filter((__, i) => i !== middle)), 'bundle_stream'],
      ['the first left out', withLines(all.slice(1)), 'bundle_stream'],
      ['the end left out', withLines(all.slice(0, -1)), 'bundle_count'],
      ['two exchanged', withLines(all.with(3, all[4]!).with(4, all[3]!)), 'bundle_stream'],
      ['an opening changed', withLines(all.with(opened, changedOpening(all[opened]!))), 'bundle_openings'],
      ['a leaf back-dated', withLines(all.with(middle, backDated(all[middle]!))), 'bundle_inclusion'],
      [
        'a path cut',
        withLines(all.with(middle, { ...all[middle]!, path: all[middle]!.path.slice(1) })),
        'bundle_inclusion',
      ],
      [
        'another index',
        withLines(all.with(middle, { ...all[middle]!, index: all[middle]!.index + 1 })),
        'bundle_inclusion',
      ],
      ['report left out', withoutReport, 'bundle_files'],
      ['report changed', altered('report.pdf', (bytes) => (bytes[9000]! ^= 1)), 'bundle_files'],
      [
        'report and list changed',
        relisted(
          altered('report.pdf', (bytes) => (bytes[9000]! ^= 1)),
          list!
        ),
        'bundle_list',
      ],
      ['a file added', { ...files, 'extra.txt': bytesOf('x') }, 'bundle_files'],
      [
        'another entry named',
        { ...files, 'bundle.json': bytesOf(canonicalJson({ ...list!, entry: list!.entry - 1 })) },
        'bundle_list',
      ],
      [
        'an entry said to be erased',
        withLines(all.with(opened, { ...all[opened]!, opening: null, withheld: 'erased' })),
        'bundle_erasures',
      ],
      [
        'an entry hidden',
        withLines(all.with(opened, { ...all[opened]!, opening: null, withheld: 'reader' })),
        'bundle_closed',
      ],
      [
        'the number of another review',
        {
          ...files,
          'bundle.json': bytesOf(
            canonicalJson({ ...list!, review: { ...list!.review, number: 'LZ-2026-9' } })
          ),
        },
        'bundle_review',
      ],
      [
        'checkpoint changed',
        altered('ledger/checkpoint', (bytes) => (bytes[bytes.indexOf(10) + 1]! ^= 1)),
        'ledger_signature',
      ],
      [
        'cosignature cut',
        { ...files, 'ledger/checkpoint': withoutLastLine(files['ledger/checkpoint']!) },
        'ledger_cosignature',
      ],
    ]
    for (const [what, changed, code] of attacks) {
      const { verdict, failed } = await judged(changed)
      assert.include(failed, code, `${what}: ${failed.join(' ')}`)
      assert.notEqual(verdict, 'genuine', what)
    }
  })

  test('SEC-1: what was erased on record stays closed, with the entry that tells of it', async ({
    assert,
  }) => {
    const one = lines().find(({ leaf }) => JSON.parse(leaf).type === 'plan.created')!
    const why = ['--by=王立新 信息安全管理员', '--reason=个人信息保护法第四十七条，处理决定 2026-07']
    const { ok, output } = await ace(app, 'ledger:erase', String(one.index), ...why, '--yes')
    assert.isTrue(ok, output)
    const after = unzipSync(await taken(await signIn(app.url, '19900000009')))
    assert.deepEqual(await judged(after), { verdict: 'genuine', failed: [] })
    const closed = lines(after).filter(({ opening }) => opening === null)
    assert.deepEqual(
      closed.map(({ index, withheld }) => [index, withheld]),
      [[one.index, 'erased']]
    )
    const { ['ledger/erasures.jsonl']: _, ...without } = after
    assert.deepEqual((await judged(without)).failed, ['bundle_erasures'])
  })

  test('archives that no bundle is are unreadable, not genuine and not a crash', async ({ assert }) => {
    const named = (path: string) => zipSync({ ...files, [path]: bytesOf('x') }, { level: 0 })
    const bad = [
      archive.subarray(0, 5000),
      named('../outside'),
      named('/rooted'),
      named('a\\b'),
      zipSync({ a: bytesOf('x') }),
    ]
    for (const bytes of bad) {
      const { verdict } = await verifyInput({ name: 'x.zip', bytes }, trustOf(keys))
      assert.equal(verdict, 'unreadable')
    }
  })

  function changedOpening(line: Line): Line {
    const payload = { ...line.opening!.payload, added: 'x' }
    return { ...line, opening: { ...line.opening!, payload } }
  }

  function backDated(line: Line): Line {
    const leaf = JSON.parse(line.leaf) as Record<string, Json>
    return { ...line, leaf: canonicalJson({ ...leaf, at: '2020-01-01T00:00:00.000Z' }) }
  }

  function relisted(changed: Files, list: { files: Json[] }): Files {
    const again = (list.files as { path: string }[]).map((file) => {
      const bytes = changed[file.path]!
      return { ...file, size: bytes.length, sha256: toHex(sha256(bytes)) }
    })
    return { ...changed, 'bundle.json': bytesOf(canonicalJson({ ...list, files: again })) }
  }

  function withoutLastLine(bytes: Uint8Array): Uint8Array {
    const kept = text(bytes).trimEnd().split('\n').slice(0, -1)
    return bytesOf(`${kept.join('\n')}\n`)
  }
})
