import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { fromHex, utf8 } from '#lib/bytes'
import { verifyLedgerFolder } from '#lib/ledger/verify_folder'
import { TIMESTAMP_LIST } from '#lib/ledger/timestamps'
import { verifyConsistency, verifyInclusion } from '#lib/merkle'
import { parseCertificate } from '#lib/pki/certificate'
import { fromPem } from '#lib/pki/pem'
import { parseVerifierKey, type VerifierKey } from '#lib/tlog/keys'
import { openCheckpoint, type SignedCheckpoint } from '#lib/tlog/open_checkpoint'
import { formatProof } from '#lib/tlog/proof'
import { parseTilePath } from '#lib/tlog/tiles'
import { formatAddCheckpoint } from '#lib/tlog/witness_request'
import { fileReader } from '#bin/verify/inputs'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { goSays } from '#tests/support/ledger_go'
import { enter, everyFile, flip, until } from './support/log.js'

test.group('Ledger: checkpoints and tiles over HTTP', (group) => {
  let app: TestInstance
  let keys: VerifierKey[]
  let folder: string
  group.setup(async () => {
    app = await testInstance()
    return () => app.stop()
  })
  group.setup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lz-ledger-'))
    keys = await Promise.all(['server', 'witness'].map((name) => until(async () => keyOf(app, name))))
    return () => rmSync(folder, { recursive: true })
  })
  group.each.timeout(60_000)

  const checkpoint = async () => {
    const answer = await fetch(`${app.url}/log/checkpoint`)
    const text = await answer.text()
    if (answer.status === 503) return null
    const opened = openCheckpoint(utf8(text), keys)
    if (!opened.ok) throw new Error(`${opened.error.code}\n${text}`)
    return { ...opened.value, note: text }
  }
  const head = async () => (await (await fetch(`${app.url}/api/ledger/head`)).json()) as { size: number }
  /** By what the installation has pinned: keys of log and witness, and the root of its time-stamping authority. */
  const verified = (ledger: string) => {
    const root = readFileSync(join(app.instance.options.varDir, 'trust', 'root.pem'), 'utf8')
    return verifyLedgerFolder(fileReader(ledger), keys, fromPem('CERTIFICATE', root).map(parseCertificate))
  }
  /** Timestamps are none of the tree's: whoever reads tlog-tiles passes them over. */
  const isStamp = (path: string) => path.startsWith('timestamps/')
  /** The checkpoint of everything that is in the log now. */
  const current = (): Promise<SignedCheckpoint & { note: string }> =>
    until(async () => {
      const [{ size }, published] = [await head(), await checkpoint()]
      return published?.size === size && published.cosigned.length > 0 ? published : null
    })

  test('a checkpoint appears by itself, signed by the log and cosigned by the witness', async ({
    assert,
  }) => {
    const first = await current()
    assert.equal(first.origin, keys[0]!.name)
    await enter(app)
    const second = await current()
    assert.isAbove(second.size, first.size)
    const { path } = await get(`/api/ledger/consistency?first=${first.size}&second=${second.size}`)
    const proof = (path as string[]).map(fromHex)
    const claim = {
      first: first.size,
      second: second.size,
      firstRoot: first.root,
      secondRoot: second.root,
      proof,
    }
    assert.isTrue(verifyConsistency(claim))
    assert.isAtMost(Math.abs(Date.now() / 1000 - second.cosigned[0]!.timestamp), 60)
  })

  const get = async (path: string) => (await (await fetch(`${app.url}${path}`)).json()) as any

  test('content types and caching are those of the format, and nobody is given a cookie', async ({
    assert,
  }) => {
    const { size } = await current()
    const width = size % 256
    const full = Math.floor(size / 256)
    const answer = await fetch(`${app.url}/log/checkpoint`)
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8')
    assert.equal(answer.headers.get('cache-control'), 'no-cache')
    assert.isNull(answer.headers.get('set-cookie'))
    const index = String(full).padStart(3, '0')
    for (const path of [`tile/0/${index}.p/${width}`, `tile/entries/${index}.p/${width}`]) {
      const tile = await fetch(`${app.url}/log/${path}`, { headers: { 'accept-encoding': 'identity' } })
      assert.equal(tile.status, 200, path)
      assert.equal(tile.headers.get('content-type'), 'application/octet-stream')
      assert.match(tile.headers.get('cache-control')!, /^public, max-age=\d{8}, immutable$/)
      assert.isNull(tile.headers.get('content-encoding'))
      assert.isNull(tile.headers.get('set-cookie'))
      assert.isNotNull(parseTilePath(path))
    }
    const bundle = await fetch(`${app.url}/log/tile/entries/${index}.p/${width}`)
    assert.equal(bundle.headers.get('content-encoding'), 'gzip')
    assert.equal(bundle.headers.get('vary'), 'accept-encoding')
  })

  test('what no checkpoint covers, and every other spelling, is not there', async ({ assert }) => {
    const { size } = await current()
    const index = String(Math.floor(size / 256)).padStart(3, '0')
    for (const path of [
      `tile/0/${index}`,
      `tile/0/${index}.p/${(size % 256) + 1}`,
      `tile/0/${index}.p/0`,
      `tile/00/${index}.p/1`,
      `tile/1/000.p/200`,
      `tile/9/000`,
      `tile/entries/x999/x999/999`,
      `tile/0/%2e%2e/checkpoint`,
      'tile/',
    ]) {
      const answer = await fetch(`${app.url}/log/${path}`)
      assert.equal(answer.status, 404, path)
      assert.notMatch(answer.headers.get('content-type')!, /html/)
    }
  })

  test('the exported folder is accepted by golang.org/x/mod/sumdb, and so are later checkpoints', async ({
    assert,
  }) => {
    const older = await current()
    writeFileSync(join(folder, 'older'), older.note)
    await enter(app, 3)
    const newer = await current()
    const outcome = await ace(app, 'ledger:export', join(folder, 'ledger'))
    assert.isTrue(outcome.ok, outcome.output)
    assert.match(
      await goSays('verify', join(folder, 'ledger')),
      new RegExp(`^ACCEPTED: ${newer.size} entries`)
    )
    const extended = await goSays('consistent', join(folder, 'older'), join(folder, 'ledger'))
    assert.equal(extended, `ACCEPTED: ${newer.size} extends ${older.size}`)
    const { verdict, checks } = await verified(join(folder, 'ledger'))
    assert.deepEqual(
      checks.filter(({ ok }) => !ok),
      []
    )
    assert.equal(verdict, 'genuine')
  })

  test('what is served is what was exported, byte for byte', async ({ assert }) => {
    for (const path of everyFile(join(folder, 'ledger'))) {
      if (!path.startsWith('tile/')) continue
      const answer = await fetch(`${app.url}/log/${path}`)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      assert.deepEqual(bytes, new Uint8Array(readFileSync(join(folder, 'ledger', path))), path)
    }
  })

  test('our proofs satisfy golang.org/x/mod/sumdb, and only as they are', async ({ assert }) => {
    const ledger = join(folder, 'ledger')
    const note = readFileSync(join(ledger, 'checkpoint'), 'utf8')
    const opened = openCheckpoint(utf8(note), keys)
    if (!opened.ok) throw new Error(opened.error.code)
    const { size, root } = opened.value
    const index = Math.floor(size / 3)
    const { path } = (await get(`/api/ledger/inclusion?index=${index}&size=${size}`)) as { path: string[] }
    const { rows } = await app.sql.query('SELECT leaf_hash FROM ledger_entries WHERE index = $1', [index])
    const leaf = rows[0].leaf_hash as string
    const proof = path.map(fromHex)
    assert.isTrue(verifyInclusion({ index, size, leaf: fromHex(leaf), proof, root }))
    const says = async (change: { index?: number; path?: Uint8Array[]; leaf?: string }) => {
      const given = { index: change.index ?? index, path: change.path ?? proof, checkpoint: note }
      writeFileSync(join(folder, 'p.tlog-proof'), formatProof(given))
      return goSays('inclusion', join(folder, 'p.tlog-proof'), change.leaf ?? leaf, ledger)
    }
    assert.equal(await says({}), `ACCEPTED: index ${index} of ${size}`)
    assert.match(await says({ index: index + 1 }), /^REFUSED/)
    assert.match(await says({ index: size }), /^REFUSED/)
    assert.match(await says({ path: proof.slice(1) }), /^REFUSED/)
    assert.match(await says({ path: [...proof, proof[0]!] }), /^REFUSED/)
    assert.match(await says({ path: [proof[1]!, proof[0]!, ...proof.slice(2)] }), /^REFUSED/)
    assert.match(await says({ leaf: path[0]! }), /^REFUSED/)
    const older = openCheckpoint(new Uint8Array(readFileSync(join(folder, 'older'))), keys)
    const old = older.ok ? older.value.size : -1
    const steps = (await get(`/api/ledger/consistency?first=${old}&second=${size}`)).path.map(fromHex)
    const extends_ = async (path_: Uint8Array[]) => {
      writeFileSync(join(folder, 'request'), formatAddCheckpoint({ old, proof: path_, checkpoint: note }))
      return goSays('extension', join(folder, 'older'), join(folder, 'request'), ledger)
    }
    assert.equal(await extends_(steps), `ACCEPTED: ${size} extends ${old}`)
    assert.match(await extends_(steps.slice(1)), /^REFUSED/)
    assert.match(await extends_([...steps, steps[0]]), /^REFUSED/)
    const outside = await fetch(`${app.url}/api/ledger/inclusion?index=${size}&size=${size}`)
    assert.equal(outside.status, 422)
  })

  test('one flipped bit in any file: refused by golang.org/x/mod/sumdb and by our verifier', async ({
    assert,
  }) => {
    const ledger = join(folder, 'ledger')
    const bad = join(folder, 'bad')
    for (const path of everyFile(ledger)) {
      const { length } = readFileSync(join(ledger, path))
      for (const at of [0, Math.floor(length / 2), length - 2]) {
        cpSync(ledger, bad, { recursive: true })
        flip(join(bad, path), at)
        if (!isStamp(path)) assert.match(await goSays('verify', bad), /^REFUSED/, `${path} ${at}`)
        const { verdict } = await verified(bad)
        assert.notEqual(verdict, 'genuine', `${path} ${at}`)
        rmSync(bad, { recursive: true })
      }
    }
  })

  test('one file missing: refused, and its path named', async ({ assert }) => {
    const ledger = join(folder, 'ledger')
    const bad = join(folder, 'bad')
    // Without the list there are no timestamps: nothing says that there must be any.
    const needed = everyFile(ledger).filter((name) => !name.endsWith('.vkey') && name !== TIMESTAMP_LIST)
    for (const path of needed) {
      cpSync(ledger, bad, { recursive: true })
      rmSync(join(bad, path))
      if (!isStamp(path)) assert.match(await goSays('verify', bad), /^REFUSED/)
      const { verdict, checks } = await verified(bad)
      assert.equal(verdict, path === 'checkpoint' ? 'unreadable' : 'not_genuine')
      if (isStamp(path))
        assert.include(
          checks.map(({ detail }) => detail),
          `${path.split(/[/.]/)[1]} missing`
        )
      else if (path !== 'checkpoint')
        assert.include(
          checks.map(({ detail }) => detail),
          path
        )
      rmSync(bad, { recursive: true })
    }
  })
})

/** Keys that the installation pinned; the witness's once it has cosigned. */
function keyOf(app: TestInstance, name: string): VerifierKey | null {
  const path = join(app.instance.options.varDir, 'trust', `${name}.vkey`)
  if (!existsSync(path)) return null
  const key = parseVerifierKey(readFileSync(path, 'utf8').trimEnd())
  if (!key.ok) throw new Error(name)
  return key.value
}
