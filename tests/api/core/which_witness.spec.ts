import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { freePort } from '#bin/platform/free_port'
import { Instance } from '#bin/platform/instance'
import { witnessLines, witnessNeeds, witnessNeedsPath } from '#bin/platform/witness_needs'
import { newDirectory, startWitness, type Running } from '../../unit/witness/support.js'
import { ROOT, testCluster, testInstance } from '../../support/cluster.js'
import { until } from '../../support/draw_life.js'

test.group('Which witness an installation uses', (group) => {
  group.each.timeout(120_000)

  test('one of its own where none is named, at the same address again after a restart', async ({
    assert,
  }) => {
    const app = await testInstance({ start: false })
    const { instance } = app
    const { varDir } = instance.options
    try {
      const address = instance.environment.WITNESS_URL!
      assert.isNotNull(instance.witness)
      await instance.stopWitness()
      await instance.startWitness()
      assert.equal(instance.environment.WITNESS_URL, address)
      assert.equal((await fetch(`${address}/key`)).status, 200)
      assert.isNull(instance.outsideWitness)
      const said = witnessLines(null, { varDir, environment: instance.environment })
      assert.deepEqual(said, [`witness: ${address} (embedded, started here)`])
    } finally {
      await app.stop()
    }
  })

  test('the one that WITNESS_URL names, and none of its own beside it', async ({ assert }) => {
    const outside = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1')
    await once(outside, 'listening')
    const address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
    const app = await testInstance({ start: false, environment: { WITNESS_URL: address } })
    try {
      assert.isNull(app.instance.witness)
      assert.equal(app.instance.environment.WITNESS_URL, address)
      assert.equal(app.instance.outsideWitness, address)
    } finally {
      await app.stop()
      outside.close()
    }
  })

  test('an outside witness serves with what the file for it says, and the start prints', async ({
    assert,
  }) => {
    const app = await testInstance({ start: false, environment: { WITNESS_URL: 'https://witness.example' } })
    const directory = newDirectory()
    try {
      const { options, environment } = app.instance
      const text = readFileSync(witnessNeedsPath(options.varDir), 'utf8')
      const appKey = /^app-key +([0-9a-f]{64})$/m.exec(text)![1]!
      const log = /^log +(\S+)$/m.exec(text)![1]!
      const said = witnessLines(app.instance.outsideWitness, { varDir: options.varDir, environment }).join(
        '\n'
      )
      for (const part of ['https://witness.example', appKey, log, witnessNeedsPath(options.varDir)]) {
        assert.include(said, part)
      }
      const witness = await startWitness(directory, undefined, ['--app-key', appKey, '--log', log])
      await witness.stop()
      assert.include(readFileSync(join(directory, 'app_keys'), 'utf8'), appKey)
      assert.include(readFileSync(join(directory, 'logs'), 'utf8'), log)
    } finally {
      rmSync(directory, { recursive: true })
      await app.stop()
    }
  })

  test('a first start without an answer serves, and the next one pins the outside witness', async ({
    assert,
  }) => {
    const { postgres, directory } = await testCluster()
    const varDir = join(directory, 'outside')
    const port = await freePort()
    const address = `http://127.0.0.1:${port}`
    const instance = await Instance.prepare({
      root: ROOT,
      varDir,
      demo: false,
      postgres,
      database: 'lz_outside',
      environment: { LOG_LEVEL: 'error', MEDIA: 'off', WITNESS_URL: address },
    })
    const folder = newDirectory()
    let witness: Running | null = null
    const cosigned = join(folder, 'checkpoint')
    const pins = join(varDir, 'trust', 'witness.json')
    try {
      await instance.startWitness()
      await instance.startApp()
      assert.isFalse(existsSync(pins))
      const { appKey, log } = witnessNeeds(varDir, instance.environment)
      const options = ['--port', String(port), '--app-key', appKey, '--log', log]
      witness = await startWitness(folder, undefined, options)
      await instance.stopApp()
      await instance.startApp()
      const keys = (await (await fetch(`${address}/key`)).json()) as { value: { vrfKey: string } }
      await until(
        async () => existsSync(pins),
        (pinned) => pinned,
        'the pinned witness'
      )
      assert.equal(JSON.parse(readFileSync(pins, 'utf8')).vrfKey, keys.value.vrfKey)
      await until(
        async () => (existsSync(cosigned) ? readFileSync(cosigned, 'utf8') : ''),
        (note) => note.startsWith(log.split('+')[0]!),
        'the first cosignature'
      )
    } finally {
      await witness?.stop()
      await instance.stop()
      rmSync(folder, { recursive: true })
    }
  })

  test('an address that is none stops the start in words', async ({ assert }) => {
    const starting = testInstance({ start: false, environment: { WITNESS_URL: 'witness.example:7070' } })
    await assert.rejects(() => starting, /WITNESS_URL is no address of a witness: witness\.example:7070/)
  })
})
