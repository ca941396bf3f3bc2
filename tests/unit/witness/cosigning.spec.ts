import { rmSync, statSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { sha256, toBase64, toHex, utf8 } from '#lib/bytes'
import { witnessClient } from '#lib/draw/witness_client'
import { consistencyProof } from '#lib/merkle'
import { formatVerifierKey, KEY_TYPE, parseVerifierKey, signerKey, type VerifierKey } from '#lib/tlog/keys'
import { parseNote } from '#lib/tlog/note'
import { openCheckpoint } from '#lib/tlog/open_checkpoint'
import { openNote } from '#lib/tlog/open_note'
import { askToCosign } from '#lib/tlog/witness_client'
import { formatAddCheckpoint } from '#lib/tlog/witness_request'
import {
  APP_SECRET,
  drawOf,
  LOG,
  LOG_OPTIONS,
  newDirectory,
  planOf,
  startWitness,
  TestLedger,
  type Running,
} from './support.js'

const STRANGER = signerKey('log.example/a', KEY_TYPE.ed25519, sha256(utf8('stranger')))
const OTHER = signerKey('log.example/b', KEY_TYPE.ed25519, sha256(utf8('log')))
const hash = (text: string) => toHex(sha256(utf8(text)))

test.group('The witness cosigns checkpoints', (group) => {
  let running: Running
  let directory: string
  let ledger: TestLedger
  let key: VerifierKey
  group.each.timeout(60_000)
  group.each.setup(async () => {
    directory = newDirectory()
    ledger = new TestLedger()
    running = await startWitness(directory, APP_SECRET, LOG_OPTIONS)
    key = await cosignerKey()
    return async () => {
      await running.stop('SIGKILL')
      rmSync(directory, { recursive: true })
    }
  })

  const cosignerKey = async () => {
    const answer = await client().keys()
    const parsed = parseVerifierKey(answer.ok ? answer.value.cosignerKey : '')
    if (!parsed.ok) throw new Error('no cosigner key')
    return parsed.value
  }
  const client = () => witnessClient({ url: running.url, secretKey: APP_SECRET, timeoutMs: 20_000 })
  const grow = (count: number, log = ledger) => {
    for (let i = 0; i < count; i++) log.add('plan.submitted', { i: log.leaves.length })
  }
  const hashes = (size: number, log = ledger) => log.hashes(size)
  const noteOf = (size: number, log = ledger, signer = LOG, root?: Uint8Array) =>
    log.checkpoint(size, signer, root)
  const add = async (
    old: number,
    size: number,
    change: { log?: TestLedger; note?: string; proof?: Uint8Array[] } = {}
  ) => {
    const log = change.log ?? ledger
    const proof = change.proof ?? (old <= size ? consistencyProof(hashes(size, log), old) : [])
    return post(formatAddCheckpoint({ old, proof, checkpoint: change.note ?? noteOf(size, log) }))
  }
  const post = async (body: string) => {
    const answer = await fetch(`${running.url}/add-checkpoint`, { method: 'POST', body })
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() }
  }

  test('200: a line that completes the note, with the witness’s own time', async ({ assert }) => {
    grow(5)
    const from = Math.floor(Date.now() / 1000)
    const answer = await add(0, 5)
    assert.equal(answer.status, 200)
    assert.equal(key.name, 'w.example/1')
    assert.equal(key.type, KEY_TYPE.cosignature)
    const opened = openCheckpoint(utf8(noteOf(5) + answer.body), [LOG, key])
    const [cosigned] = opened.ok ? opened.value.cosigned : []
    assert.isAtLeast(cosigned!.timestamp, from)
    grow(300)
    assert.equal((await add(5, 305)).status, 200)
    assert.equal((await add(305, 305)).status, 200)
    assert.equal(statSync(join(directory, 'cosigner.key')).mode & 0o777, 0o600)
    assert.equal(statSync(join(directory, 'checkpoint')).mode & 0o777, 0o600)
  })

  test('409 names the size it has seen, in its own content type', async ({ assert }) => {
    grow(9)
    await add(0, 5)
    for (const old of [0, 3, 6]) {
      assert.deepEqual(await add(old, 9), { status: 409, type: 'text/x.tlog.size', body: '5\n' })
    }
    assert.equal((await add(5, 9)).status, 200)
  })

  test('422 for a tree that was forked, rolled back, or badly proved', async ({ assert }) => {
    grow(9)
    await add(0, 5)
    const fork = new TestLedger()
    fork.add('plan.submitted', { forged: 1 })
    grow(8, fork)
    assert.equal((await add(5, 9, { log: fork })).status, 422)
    assert.equal((await add(5, 5, { log: fork })).status, 422)
    assert.equal((await add(5, 9, { proof: [] })).status, 422)
    const proof = consistencyProof(hashes(9), 5)
    assert.equal((await add(5, 9, { proof: proof.slice(1) })).status, 422)
    assert.equal((await add(5, 9, { proof: [...proof, proof[0]!] })).status, 422)
    assert.equal((await add(5, 9, { proof: [...proof].reverse() })).status, 422)
    assert.equal((await add(5, 5, { proof: [proof[0]!] })).status, 422)
    assert.deepEqual(await add(5, 3), {
      status: 400,
      type: 'text/plain; charset=utf-8',
      body: 'old_above_size\n',
    })
    assert.equal((await add(3, 3)).status, 409)
    assert.equal((await add(5, 9)).status, 200)
  })

  test('422 where nothing was seen: a proof out of nothing, an empty tree with a root', async ({
    assert,
  }) => {
    grow(2)
    assert.equal((await add(0, 2, { proof: [sha256()] })).status, 422)
    assert.equal((await add(0, 0, { note: noteOf(0, ledger, LOG, sha256(utf8('x'))) })).status, 422)
    assert.equal((await add(0, 0)).status, 200)
    assert.equal((await add(0, 2)).status, 200)
  })

  test('404 for another log, 403 without the log’s own signature, 400 for nonsense', async ({ assert }) => {
    grow(2)
    assert.equal((await add(0, 2, { note: noteOf(2, ledger, OTHER) })).status, 404)
    assert.equal((await add(0, 2, { note: noteOf(2, ledger, STRANGER) })).status, 403)
    const good = noteOf(2)
    const spoilt = good.replace(/(\S{4})=\n$/, (tail) => (tail.startsWith('AAAA') ? 'BBBB' : 'AAAA') + '=\n')
    assert.equal((await add(0, 2, { note: spoilt })).status, 403)
    assert.equal((await post('')).status, 400)
    assert.equal((await post(`old 00\n\n${good}`)).status, 400)
    assert.equal((await post(`old 0\n${toBase64(new Uint8Array(31))}\n\n${good}`)).status, 400)
    assert.equal((await post(`old 0\n\n${good.slice(0, -1)}`)).status, 400)
    assert.equal((await post('x'.repeat(600_000))).status, 413)
    assert.equal((await fetch(`${running.url}/add-checkpoint`)).status, 404)
    // A stranger's line beside the log's is ignored, and not passed on.
    const both = good + noteOf(2, ledger, STRANGER).split('\n\n')[1]!
    assert.equal((await add(0, 2, { note: both })).status, 200)
    const monitored = await (await fetch(`${running.url}/${hash(LOG.name)}/checkpoint`)).text()
    const note = parseNote(utf8(monitored))
    assert.deepEqual(note.ok && note.value.signatures.map(({ keyId }) => keyId), [LOG.keyId, key.keyId])
  })

  test('monitors get the last checkpoint by the hash of its origin', async ({ assert }) => {
    const url = `${running.url}/${hash(LOG.name)}/checkpoint`
    assert.equal((await fetch(url)).status, 404)
    grow(4)
    await add(0, 3)
    await add(3, 4)
    const opened = openNote(utf8(await (await fetch(url)).text()), [LOG, key])
    assert.match(opened.ok ? opened.value.text : '', /^log\.example\/a\n4\n/)
    assert.lengthOf(opened.ok ? opened.value.signedBy : [], 2)
    assert.equal((await fetch(`${running.url}/${hash('elsewhere')}/checkpoint`)).status, 404)
  })

  test('remembers after kill -9, at any moment', async ({ assert }) => {
    let acknowledged = 0
    for (let round = 0; round < 5; round++) {
      const asking = (async () => {
        for (;;) {
          grow(1)
          const size = ledger.leaves.length
          const seen = Number((await add(0, size)).body) || 0
          const { status } = await add(seen, size)
          if (status === 200) acknowledged = size
        }
      })().catch(() => undefined)
      await new Promise((done) => setTimeout(done, 120 + round * 37))
      await running.stop('SIGKILL')
      await asking
      running = await startWitness(directory)
      const { status, body } = await add(0, ledger.leaves.length)
      // 200 where it was killed before the first.
      assert.isAtLeast(status === 200 ? 0 : Number(body), acknowledged)
    }
    assert.isAbove(acknowledged, 0)
    assert.deepEqual(await cosignerKey(), key)
  })

  test('does not start on a checkpoint that was edited, and keeps its name and its log', async ({
    assert,
  }) => {
    grow(3)
    await add(0, 3)
    await running.stop('SIGKILL')
    const path = join(directory, 'checkpoint')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('\n3\n', '\n2\n'))
    await assert.rejects(() => startWitness(directory), /checkpoint_corrupt/)
    writeFileSync(path, noteOf(3))
    await assert.rejects(() => startWitness(directory), /checkpoint_corrupt/)
    writeFileSync(path, text)
    await assert.rejects(
      () => startWitness(directory, APP_SECRET, ['--name', 'w.example/2']),
      /name_is_fixed/
    )
    const other = ['--log', formatVerifierKey(OTHER)]
    await assert.rejects(() => startWitness(directory, APP_SECRET, other), /another_log/)
    await assert.rejects(
      () => startWitness(directory, APP_SECRET, ['--log', formatVerifierKey(key)]),
      /log_key_invalid/
    )
    running = await startWitness(directory)
    assert.equal((await add(0, 3)).body, '3\n')
  })

  test('a draw is evaluated only in the tree that was cosigned, and nothing without it is cosigned after', async ({
    assert,
  }) => {
    grow(3)
    await add(0, 3)
    const fork = new TestLedger()
    grow(2, fork)
    const forked = fork.add('draw.committed', { ...drawOf('a'), plan: planOf('a') })
    const refused = await client().evaluate(drawOf('a'), async (size) => fork.claim(forked, size))
    assert.equal(refused.ok ? 'ok' : refused.error.code, 'entry_not_included')
    const index = ledger.add('draw.committed', { ...drawOf('a'), plan: planOf('a') })
    assert.equal((await add(3, 4)).status, 200)
    const drawn = await client().evaluate(drawOf('a'), async (size) => ledger.claim(index, size))
    assert.isTrue(drawn.ok)
    grow(2)
    assert.equal((await add(3, 6)).body, '4\n')
    const without = new TestLedger()
    grow(6, without)
    assert.equal((await add(4, 6, { log: without })).status, 422)
    assert.equal((await add(4, 6)).status, 200)
  })

  test('the client passes on what the witness says', async ({ assert }) => {
    grow(4)
    const ask = (old: number, size: number, url = running.url, asked = key) =>
      askToCosign(
        { url, key: asked, timeoutMs: 5000 },
        { old, proof: consistencyProof(hashes(size), old), checkpoint: noteOf(size) }
      )
    const line = await ask(0, 3, `${running.url}/`)
    assert.equal(line.ok && line.value.keyId, key.keyId)
    const codeOf = async (asked: ReturnType<typeof ask>) => {
      const answer = await asked
      return answer.ok ? 'ok' : answer.error
    }
    assert.deepEqual(await codeOf(ask(1, 4)), { code: 'witness_at_size', size: 3 })
    const imposter = { ...key, publicKey: LOG.publicKey }
    assert.deepEqual(await codeOf(ask(3, 4, running.url, imposter)), { code: 'witness_key_unknown' })
    assert.deepEqual(await codeOf(ask(4, 4, running.url, { ...key, name: 'w.example/9' })), {
      code: 'witness_key_unknown',
    })
    const nobody = await codeOf(ask(4, 4, 'http://127.0.0.1:1'))
    assert.equal(typeof nobody === 'object' && nobody.code, 'witness_unreachable')
    assert.equal(toHex(key.publicKey).length, 64)
  })
})
