import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { runStep } from '#bin/platform/run_step'
import { ROOT } from '#tests/support/cluster'

const story = (...args: string[]) =>
  runStep(process.execPath, ['--import=./bin/typescript.mjs', 'bin/story.ts', ...args], { cwd: ROOT })

test.group('story', (group) => {
  let out = ''
  group.setup(() => {
    out = mkdtempSync(join(tmpdir(), 'lunzheng-story-out-'))
    return () => rmSync(out, { recursive: true, force: true })
  })

  test('PLAN-1: signs in and enters the deep pit in a real browser', async ({ assert }) => {
    const { ok, output } = await story('--out', out, '--until', '2a-assess')
    assert.isTrue(ok, output)
    const record = JSON.parse(readFileSync(join(out, 'story.json'), 'utf8'))
    assert.deepEqual(
      record.steps.map(({ step }: { step: string }) => step),
      ['1a-sign-in', '1b-reset', '1c-second-factor', '2a-assess']
    )
    const verdict = record.rules.find(({ rule }: { rule: string }) => rule === 'PLAN-1').outcome
    assert.include(verdict, '应当组织专家论证')
    assert.isTrue(existsSync(join(out, 'screens', '01-organiser-sign-in.png')))
  }).timeout(300_000)

  test('a wrong call is told so, and plays nothing', async ({ assert }) => {
    const { ok, output } = await story('--out', out, '--until', 'no-such-step')
    assert.isFalse(ok)
    assert.include(output, 'There is no step no-such-step')
  }).timeout(60_000)
})
