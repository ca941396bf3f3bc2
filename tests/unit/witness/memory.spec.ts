import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { KEY_TYPE, signerKey } from '#lib/tlog/keys'
import { cosignNote } from '#lib/tlog/sign_note'
import { parseNote, signatureLine } from '#lib/tlog/note'
import { openStores } from '../../../witness/open_stores.js'
import type { WitnessRecord } from '../../../witness/store.js'
import { LOG, newDirectory, TestLedger } from './support.js'

const KEY = signerKey('w.example/1', KEY_TYPE.cosignature, sha256(utf8('cosigner')))

test.group('The memory of the witness', (group) => {
  let directory: string
  group.each.setup(() => {
    directory = newDirectory()
    return () => rmSync(directory, { recursive: true })
  })

  const path = (name: 'evaluations.jsonl' | 'checkpoint') => join(directory, name)
  const read = (name: 'evaluations.jsonl' | 'checkpoint') => readFileSync(path(name), 'utf8')
  const record = (name: string): WitnessRecord => ({
    kind: 'sample',
    occasion: name,
    input: 'i'.repeat(8),
    proof: 'p'.repeat(8),
    size: 1,
    root: '',
    leafHash: '',
  })
  const cosigned = (size: number) => {
    const ledger = new TestLedger()
    for (let i = 0; i < size; i++) ledger.add('plan.submitted', { i })
    const note = ledger.checkpoint()
    const parsed = parseNote(utf8(note))
    const line = signatureLine(cosignNote(KEY, parsed.ok ? parsed.value.text : '', 1_790_000_000))
    return { origin: LOG.name, size, root: toHex(sha256()), note: `${note}${line}` }
  }
  /** Starts, and ends at once. */
  const start = () => {
    const stores = openStores(directory, KEY)
    stores.evaluations.close()
    return stores
  }
  /** One evaluation as the witness keeps it; without its last step where it is killed before. */
  const evaluate = (name: string, killed = false) => {
    const { evaluations, checkpoints } = openStores(directory, KEY)
    evaluations.append(record(name))
    if (!killed) checkpoints.remember(evaluations.memory)
    evaluations.close()
  }
  const four = () => {
    start().checkpoints.save(cosigned(1))
    for (const name of ['a', 'b', 'c', 'd']) evaluate(name)
  }

  test('goes on from what it wrote, cosigning in between included', ({ assert }) => {
    four()
    start().checkpoints.save(cosigned(2))
    evaluate('e')
    const { evaluations, checkpoints } = start()
    assert.equal(evaluations.memory.count, 5)
    assert.deepEqual(checkpoints.memory, evaluations.memory)
    assert.equal(checkpoints.latest?.note, cosigned(2).note)
    const last = read('evaluations.jsonl').trim().split('\n').at(-1)!
    assert.equal(evaluations.memory.last, toHex(sha256(utf8(last))))
  })

  test('names the line that was edited, the last one too', ({ assert }) => {
    four()
    const text = read('evaluations.jsonl')
    for (const [number, name] of ['a', 'b', 'c', 'd'].entries()) {
      writeFileSync(path('evaluations.jsonl'), text.replace(`"occasion":"${name}"`, '"occasion":"x"'))
      assert.throws(start, new RegExp(`^store_corrupt: line ${number + 1} was edited`))
      const lines = text.split('\n')
      lines[number] = lines[number]!.replace(/"prev":"[0-9a-f]{8}/, '"prev":"deadbeef')
      writeFileSync(path('evaluations.jsonl'), lines.join('\n'))
      assert.throws(start, new RegExp(`^store_corrupt: line ${number + 1} was edited`))
      lines[number] = 'nonsense'
      writeFileSync(path('evaluations.jsonl'), lines.join('\n'))
      assert.throws(start, new RegExp(`^store_corrupt: line ${number + 1} was edited`))
    }
    writeFileSync(path('evaluations.jsonl'), text)
    assert.equal(start().evaluations.memory.count, 4)
  })

  test('does not start where lines are missing, and changes nothing then', ({ assert }) => {
    four()
    const text = read('evaluations.jsonl')
    const lines = text.split('\n')
    const without = (number: number) => lines.filter((_, i) => i !== number - 1).join('\n')
    const cut = text.slice(0, -9)
    for (const short of [without(1), without(2), without(4), cut, '']) {
      writeFileSync(path('evaluations.jsonl'), short)
      assert.throws(start, /^store_corrupt: evaluations\.jsonl has \d whole lines, and .* remembers 4$/)
      assert.equal(read('evaluations.jsonl'), short)
    }
    rmSync(path('evaluations.jsonl'))
    assert.throws(start, /^store_corrupt: evaluations\.jsonl is gone, and .* remembers 4$/)
    assert.isFalse(existsSync(path('evaluations.jsonl')))
  })

  test('does not start without the checkpoint, on one from another time, or with another memory', ({
    assert,
  }) => {
    four()
    const text = read('checkpoint')
    rmSync(path('checkpoint'))
    assert.throws(start, /^checkpoint_missing: .* evaluations\.jsonl holds 4$/)
    writeFileSync(path('checkpoint'), text)
    evaluate('e')
    evaluate('f')
    writeFileSync(path('checkpoint'), text)
    assert.throws(start, /^store_corrupt: evaluations\.jsonl has 6 lines, and .* remembers 4$/)
    writeFileSync(path('checkpoint'), text.replace('"count":4', '"count":"4"'))
    assert.throws(start, /^checkpoint_corrupt/)
    writeFileSync(path('checkpoint'), text.replace('"count":4', '"count":5'))
    assert.throws(start, /^store_corrupt/)
  })

  test('a crash between the two files, or in the middle of a line, is no reason to stop', ({ assert }) => {
    four()
    evaluate('e', true)
    assert.equal(start().evaluations.memory.count, 5)
    assert.equal(start().checkpoints.memory?.count, 5)
    const text = read('evaluations.jsonl')
    writeFileSync(path('evaluations.jsonl'), `${text}{"kind":"sam`)
    assert.equal(start().evaluations.memory.count, 5)
    assert.equal(read('evaluations.jsonl'), text)
    // The line that came last before the crash has to follow what was remembered.
    evaluate('f', true)
    const forged = read('evaluations.jsonl').replace('"occasion":"e"', '"occasion":"x"')
    writeFileSync(path('evaluations.jsonl'), forged)
    assert.throws(start, /^store_corrupt: line 5 was edited/)
  })

  test('a store of before the memory was kept starts, and has one from then on', ({ assert }) => {
    four()
    writeFileSync(path('checkpoint'), read('checkpoint').replace(/^\{.*\n/m, ''))
    assert.equal(start().evaluations.memory.count, 4)
    writeFileSync(path('evaluations.jsonl'), read('evaluations.jsonl').split('\n').slice(0, 3).join('\n'))
    assert.throws(start, /^store_corrupt: evaluations\.jsonl has 2 whole lines/)
  })
})
