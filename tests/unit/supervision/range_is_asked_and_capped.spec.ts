import { test } from '@japa/runner'
import { MOST_BYTES, readCappedRange } from '#supervision/domain/range_is_asked_and_capped'

test.group('Ranges of a recording', () => {
  const part = (start: number, end: number) => ({ kind: 'part' as const, start, end })
  const SIZE = 5_000_000

  test('one range is given, both ends included and cut to 1 MiB')
    .with([
      ['bytes=0-', part(0, MOST_BYTES - 1)],
      ['bytes=0-0', part(0, 0)],
      ['bytes=100-199', part(100, 199)],
      ['bytes=100-4999999', part(100, 100 + MOST_BYTES - 1)],
      ['bytes=4999999-', part(4_999_999, 4_999_999)],
      ['bytes=4999000-9999999', part(4_999_000, 4_999_999)],
      ['bytes=-1', part(4_999_999, 4_999_999)],
      ['bytes=-9999999', part(0, MOST_BYTES - 1)],
      ['bytes= 7-8 ', part(7, 8)],
    ] as const)
    .run(({ assert }, [header, expected]) => assert.deepEqual(readCappedRange(header, SIZE), expected))

  test('what can not be given is unsatisfiable')
    .with([
      'bytes=5000000-',
      'bytes=9-3',
      'bytes=-0',
      'bytes=-',
      'bytes=a-b',
      'bytes=0-1,5-6',
      'bytes=',
      'bytes=1.5-2',
      'bytes=-5-9',
      `bytes=${'9'.repeat(16)}-`,
    ])
    .run(({ assert }, header) => assert.deepEqual(readCappedRange(header, SIZE), { kind: 'unsatisfiable' }))

  test('an empty file has no range', ({ assert }) => {
    for (const header of ['bytes=0-', 'bytes=-1', 'bytes=0-0'])
      assert.deepEqual(readCappedRange(header, 0), { kind: 'unsatisfiable' })
  })

  test('no header and another unit ask for no range', ({ assert }) => {
    for (const header of [undefined, '', 'items=0-1'])
      assert.deepEqual(readCappedRange(header, SIZE), { kind: 'none' })
  })
})
