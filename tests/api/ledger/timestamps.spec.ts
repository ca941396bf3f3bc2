import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { runStep } from '#bin/platform/run_step'
import { ace } from '#tests/support/ace'
import { ROOT, testInstance, type TestInstance } from '#tests/support/cluster'
import { until } from './support/log.js'

/** OpenSSL's time-stamping authority behind HTTP, out of order until it is mended. */
async function openBrokenAuthority(folder: string) {
  let broken = true
  let trust = ''
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    if (broken) return response.writeHead(500).end()
    const query = join(folder, 'query.tsq')
    const answer = join(folder, 'answer.tsr')
    writeFileSync(query, Buffer.concat(chunks))
    const config = join(folder, 'tsa.cnf')
    writeFileSync(
      config,
      `[tsa]\ndefault_tsa = t\n[t]\nserial = ${folder}/serial\ndefault_policy = 1.2.3.4\ndigests = sha256\nsigner_digest = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\n`
    )
    const keys = join(trust, '..', 'keys', 'pki')
    const args = ['-reply', '-config', config, '-queryfile', query, '-out', answer]
    const signer = ['-signer', join(trust, 'tsa.pem'), '-inkey', join(keys, 'tsa.key.pem')]
    const { status, stderr } = spawnSync('openssl', [
      'ts',
      ...args,
      ...signer,
      '-chain',
      join(trust, 'issuing.pem'),
    ])
    if (status !== 0) return response.writeHead(500).end(stderr)
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(readFileSync(answer))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const mend = (trustFolder: string) => {
    trust = trustFolder
    broken = false
  }
  return { url, mend, close: () => server.close() }
}

type Health = { problems: { code: string; problem?: string; tries?: number }[] }

test.group('Ledger: daily timestamps', (group) => {
  let app: TestInstance
  let folder: string
  let authority: Awaited<ReturnType<typeof openBrokenAuthority>>
  group.setup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lz-stamp-'))
    authority = await openBrokenAuthority(folder)
    app = await testInstance({ environment: { TSA_URL: authority.url } })
    return async () => {
      await app.stop()
      authority.close()
      rmSync(folder, { recursive: true })
    }
  })
  group.each.timeout(90_000)

  const get = async (path: string) => fetch(`${app.url}/log/timestamps/${path}`)
  const days = async () => (await (await get('list')).text()).split('\n').slice(0, -1)
  const opensslSays = (data: string, response: string) => {
    const trust = join(app.instance.options.varDir, 'trust', 'root.pem')
    const args = ['ts', '-verify', '-data', data, '-in', response, '-CAfile', trust]
    const { stdout, stderr } = spawnSync('openssl', args)
    return `${stdout}${stderr}`
  }

  test('one that fails is told to whoever watches, and tried again', async ({ assert }) => {
    const problem = await until(async () => {
      const { problems } = (await (await fetch(`${app.url}/health`)).json()) as Health
      return problems.find(({ code }) => code === 'ledger_timestamp_failed') ?? null
    })
    assert.match(problem.problem!, /answered 500/)
    // Nobody has to be sent elsewhere for it, until a day is over.
    assert.equal((await fetch(`${app.url}/health`)).status, 200)
    await app.sql.query("UPDATE ledger_timestamp_due SET due_at = due_at - interval '25 hours'")
    assert.equal((await fetch(`${app.url}/health`)).status, 503)
    const page = (await (await fetch(`${app.url}/api/public/log`)).json()) as any
    assert.deepInclude(page, { timestamp: null, timestampFailing: true })
    assert.isEmpty(await days())
    authority.mend(join(app.instance.options.varDir, 'trust'))
    await app.sql.query("UPDATE ledger_timestamp_due SET again_at = 'epoch'")
    await until(async () => ((await days()).length > 0 ? true : null))
    const { problems } = (await (await fetch(`${app.url}/health`)).json()) as Health
    assert.isEmpty(problems)
  })

  test('an external authority’s is accepted by openssl as it is served, and not over other bytes', async ({
    assert,
  }) => {
    const [day] = await days()
    for (const kind of ['checkpoint', 'tsr'])
      writeFileSync(join(folder, kind), Buffer.from(await (await get(`${day}.${kind}`)).arrayBuffer()))
    const served = await get(`${day}.tsr`)
    assert.equal(served.headers.get('content-type'), 'application/timestamp-reply')
    assert.match(served.headers.get('cache-control')!, /immutable/)
    assert.match(readFileSync(join(folder, 'checkpoint'), 'utf8'), /\n— .+\n— .+\n$/)
    assert.match(opensslSays(join(folder, 'checkpoint'), join(folder, 'tsr')), /Verification: OK/)
    writeFileSync(join(folder, 'other'), `${readFileSync(join(folder, 'checkpoint'), 'utf8')}\n`)
    assert.match(opensslSays(join(folder, 'other'), join(folder, 'tsr')), /Verification: FAILED/)
    const { timestamp } = (await (await fetch(`${app.url}/api/public/log`)).json()) as any
    assert.deepInclude(timestamp, { day, authority: '论证演示时间戳服务' })
    for (const path of ['2020-01-01.tsr', `${day}.pem`, 'LIST'])
      assert.equal((await get(path)).status, 404, path)
  })

  test('one a day, by the project’s own authority where none is configured; verified in an exported folder', async ({
    assert,
  }) => {
    await app.instance.stopApp()
    delete app.instance.environment.TSA_URL
    await onAnotherDay(app)
    await app.instance.startApp()
    const all = await until(async () => {
      const now = await days()
      return now.length === 2 ? now : null
    })
    const ledger = join(folder, 'ledger')
    const exported = await ace(app, 'ledger:export', ledger)
    assert.isTrue(exported.ok, exported.output)
    assert.sameMembers(readdirSync(join(ledger, 'timestamps')), [
      'list',
      ...all.flatMap((one) => [`${one}.checkpoint`, `${one}.tsr`]),
    ])
    const file = (kind: string, day = all[1]) => join(ledger, 'timestamps', `${day}.${kind}`)
    for (const day of all)
      assert.match(opensslSays(file('checkpoint', day), file('tsr', day)), /Verification: OK/, day)
    const verify = (...args: string[]) =>
      runStep(
        process.execPath,
        ['--import=./bin/typescript.mjs', 'bin/verify.ts', '--json', ...args, ledger],
        {
          cwd: ROOT,
        }
      )
    const trust = join(app.instance.options.varDir, 'trust')
    const good = await verify('--trust', trust)
    assert.isTrue(good.ok, good.output)
    assert.match(good.output, /"ledger_timestamps"/)
    writeFileSync(file('tsr'), readFileSync(file('tsr', all[0])))
    const bad = await verify('--trust', trust)
    assert.isFalse(bad.ok)
    assert.match(bad.output, new RegExp(`${all[1]} (timestamp_imprint_differs|another_day)`))
  })
})

/** The clock of rules may not pass the machine's, so the other day is an earlier one. */
async function onAnotherDay(app: TestInstance): Promise<void> {
  await app.sql.query(
    "UPDATE business_clock SET offset_ms = -36 * 3600000; UPDATE ledger_timestamp_due SET due_at = 'epoch'"
  )
}
