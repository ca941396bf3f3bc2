import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { test } from '@japa/runner'
import { zipSync } from 'fflate'
import { concat, utf8 } from '#lib/bytes'
import { readZip } from '#lib/bundle/read_zip'
import { crc32 } from '#lib/crc32'

type Part = {
  name?: string
  method?: number
  flags?: number
  crc?: number
  compressed?: number
  size?: number
  extra?: Uint8Array
}
type Made = Part & { data: Uint8Array; local?: Part; attributes?: number; after?: Uint8Array; at?: number }

const little = (width: number) => (value: number) => {
  const bytes = new Uint8Array(width)
  new DataView(bytes.buffer)[width === 2 ? 'setUint16' : 'setUint32'](0, value, true)
  return bytes
}
const [u16, u32] = [little(2), little(4)]
const NONE = new Uint8Array()

/** As `zipSync` does it, but for what is asked to be otherwise. */
function made(
  entries: readonly Made[],
  before: Uint8Array = NONE,
  between: Uint8Array = NONE,
  after: Uint8Array = NONE
): Uint8Array {
  const bodies: Uint8Array[] = [before]
  const central: Uint8Array[] = []
  for (const entry of entries) {
    const at = entry.at ?? bodies.reduce((sum, { length }) => sum + length, 0)
    const own = { name: 'a.txt', method: 8, flags: 0, extra: NONE, compressed: entry.data.length, ...entry }
    const one = { crc: 0, size: 0, ...own }
    const local = { ...one, ...entry.local }
    const fields = (of: typeof one) =>
      concat(u16(20), u16(of.flags), u16(of.method), u32(0), u32(of.crc), u32(of.compressed), u32(of.size))
    const names = (of: typeof one) => concat(u16(of.name.length), u16(of.extra.length))
    if (entry.at === undefined)
      bodies.push(
        concat(u32(0x04034b50), fields(local), names(local), utf8(local.name), local.extra),
        entry.data,
        entry.after ?? NONE
      )
    const rest = concat(u16(0), u16(0), u16(0), u32(entry.attributes ?? 0), u32(at))
    central.push(
      concat(u32(0x02014b50), u16(0x0314), fields(one), names(one), rest, utf8(one.name), one.extra)
    )
  }
  const body = concat(...bodies, between)
  const directory = concat(...central)
  const count = u16(entries.length)
  const end = concat(u32(0x06054b50), u32(0), count, count, u32(directory.length), u32(body.length), u16(0))
  return concat(body, directory, end, after)
}

const GENUINE = utf8('genuine '.repeat(2000))
const LONG = concat(GENUINE, utf8('and an appended update'))
const deflated = (content: Uint8Array) => new Uint8Array(deflateRawSync(content))
const plain = (content = GENUINE): Made => {
  return { data: deflated(content), crc: crc32(content), size: content.length }
}
const codeOf = (bytes: Uint8Array) => {
  const read = readZip(bytes)
  return read.ok ? 'read' : read.error.code
}

test.group('Archives', (group) => {
  let folder: string
  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'lz-zip-'))
    return () => rmSync(folder, { recursive: true })
  })

  test('are read as zip, python and fflate make them', ({ assert }) => {
    mkdirSync(join(folder, 'ledger'))
    const contents: Record<string, Uint8Array> = {
      'report.pdf': GENUINE,
      'empty.txt': NONE,
      'ledger/checkpoint': utf8('x'),
    }
    for (const [name, bytes] of Object.entries(contents)) writeFileSync(join(folder, name), bytes)
    const made: [string, string[]][] = [
      ['zip', ['-r', 'a.zip', 'report.pdf', 'empty.txt', 'ledger']],
      ['zip', ['-r', '-0', '-X', 'b.zip', 'report.pdf', 'empty.txt', 'ledger']],
      ['zip', ['-r', '-fd', 'c.zip', 'report.pdf', 'empty.txt', 'ledger']],
      ['python3', ['-m', 'zipfile', '-c', 'd.zip', 'report.pdf', 'empty.txt', 'ledger']],
    ]
    const archives: [string, Uint8Array][] = [['fflate', zipSync(contents, { level: 6 })]]
    for (const [program, args] of made) {
      const { status, stderr, error } = spawnSync(program, args, { cwd: folder })
      if (error) continue
      assert.equal(status, 0, `${program} ${stderr}`)
      const name = args.find((argument) => argument.endsWith('.zip'))!
      archives.push([`${program} ${args.join(' ')}`, new Uint8Array(readFileSync(join(folder, name)))])
    }
    for (const [how, bytes] of archives) {
      const read = readZip(bytes)
      assert.isTrue(read.ok, `${how} ${JSON.stringify(read)}`)
      if (!read.ok) continue
      const found = [...read.value].map(([path, content]) => [path, new Uint8Array(content)])
      assert.deepEqual(Object.fromEntries(found), contents, how)
    }
  })

  test('that unpack to another file elsewhere are refused', ({ assert }) => {
    const genuine = plain()
    assert.equal(codeOf(made([genuine])), 'read')
    const long = { ...plain(LONG), size: GENUINE.length }
    const local = { crc: crc32(LONG), size: LONG.length }
    const refused: [string, Uint8Array][] = [
      ['sizes of the long file in its header alone', made([{ ...long, crc: crc32(GENUINE), local }])],
      ['the short size in both places', made([{ ...long, crc: crc32(GENUINE) }])],
      ['sizes after the data', made([{ ...long, flags: 8, after: concat(u32(local.crc), u32(1), u32(2)) }])],
      ['another CRC', made([{ ...genuine, crc: 1 }])],
      ['longer than declared', made([{ ...genuine, size: GENUINE.length - 1 }])],
      ['shorter than declared', made([{ ...genuine, size: GENUINE.length + 1 }])],
      ['data behind the end of its stream', made([{ ...genuine, data: concat(genuine.data, u32(0)) }])],
      ['another name in its header', made([{ ...genuine, local: { name: 'b.txt' } }])],
      ['another method in its header', made([{ ...genuine, local: { method: 0 } }])],
      ['other flags in its header', made([{ ...genuine, local: { flags: 0x800 } }])],
      ['a name of its own in an extra field', made([{ ...genuine, extra: concat(u16(0x7075), u16(0)) }])],
      ['a method few know', made([{ ...genuine, method: 9 }])],
      ['encrypted', made([{ ...genuine, flags: 1 }])],
      ['a symbolic link', made([{ ...genuine, attributes: 0xa1ff_0000 }])],
      ['something before', made([genuine], utf8('MZ'))],
      ['something between', made([genuine], NONE, made([plain(LONG)]))],
      ['something after', made([genuine], NONE, NONE, utf8('x'))],
      ['a second archive behind', concat(made([genuine]), made([plain(LONG)]))],
      ['an entry over another', made([genuine, { ...genuine, name: 'b.txt', at: 0 }])],
      ['no header', made([{ ...genuine, at: 0 }])],
    ]
    for (const [what, bytes] of refused) assert.equal(codeOf(bytes), 'zip_unreadable', what)
  })

  test('that many entries share one block, or that declare less than they hold, are refused unpacked', ({
    assert,
  }) => {
    const block = new Uint8Array(2_000_000)
    const first: Made = { name: 'f0', method: 0, data: block, crc: crc32(block), size: 0 }
    const others = Array.from({ length: 399 }, (_, i) => ({ ...first, name: `f${i + 1}`, at: 0 }))
    const before = process.memoryUsage().arrayBuffers
    assert.equal(codeOf(made([first, ...others])), 'zip_too_large')
    assert.isBelow(process.memoryUsage().arrayBuffers - before, 100_000_000)
    assert.equal(codeOf(made([first])), 'zip_unreadable')
    const huge = { ...plain(), size: 400_000_001 }
    assert.equal(codeOf(made([huge])), 'zip_too_large')
  })

  test('with names that vanish, lead out or stand twice are refused', ({ assert }) => {
    const named = (...names: string[]) => made(names.map((name) => ({ ...plain(), name })))
    for (const name of ['__proto__', 'a/__proto__', '../a', '/a', 'a\\b', '', '/'])
      assert.equal(codeOf(named(name)), 'zip_path', name)
    assert.equal(codeOf(named('a', 'a')), 'zip_twice')
    assert.equal(codeOf(named('a', 'A')), 'zip_twice')
    assert.equal(codeOf(named('a/')), 'zip_unreadable')
    const read = readZip(named('constructor', 'toString'))
    assert.deepEqual(read.ok && [...read.value.keys()], ['constructor', 'toString'])
  })

  test('cut anywhere are refused, not a crash', ({ assert }) => {
    const whole = made([plain(utf8('short'))])
    for (let length = 0; length < whole.length; length++)
      assert.equal(codeOf(whole.subarray(0, length)), 'zip_unreadable', String(length))
  })
})
