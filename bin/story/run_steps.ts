import { say } from '#bin/platform/progress'
import { businessTime } from '#bin/story/clock'
import { writeRecord } from '#bin/story/record'
import type { Step, Story } from '#bin/story/story'

/** Plays the steps in order; false when one failed. What has happened is on disk after each. */
export async function runSteps(story: Story, steps: Step[], until: string | null): Promise<boolean> {
  const { record } = story
  const done = new Set(record.steps.map(({ step }) => step))
  delete record.failed
  for (const [index, one] of steps.entries()) {
    if (done.has(one.step)) continue
    story.begin(one.step)
    const from = performance.now()
    const place = `[${String(index + 1).padStart(2)}/${steps.length}] ${one.step}`
    try {
      await one.run(story)
    } catch (error) {
      const screens = await keepFailure(story, one, error as Error)
      say(`${place}  FAILED: ${(error as Error).message}`)
      say(`The story stopped at ${one.step}. See ${story.out}: ${screens.join(', ')}`)
      return false
    }
    const ms = Math.round(performance.now() - from)
    const at = await businessTime(story.url)
    record.steps.push({ n: index + 1, step: one.step, who: whoText(story, one.who), what: one.what, at, ms })
    say(`${place}  ${shanghaiText(at)}  ${whoText(story, one.who)}: ${one.what}  ${(ms / 1000).toFixed(1)} s`)
    writeRecord(story.out, record)
    if (one.step === until) return end(story, 'stopped', `Stopped after ${until}, as asked.`)
  }
  return end(
    story,
    'done',
    `The story is complete: ${record.steps.length} steps, ${record.rules.length} rules seen. ${story.out}`
  )
}

async function end(story: Story, outcome: 'done' | 'stopped', line: string): Promise<true> {
  await story.leaveAll()
  story.record.outcome = outcome
  say(line)
  return true
}

async function keepFailure(story: Story, step: Step, error: Error): Promise<string[]> {
  const screens = await story.failure()
  story.record.outcome = 'failed'
  story.record.failed = { step: step.step, error: error.stack ?? error.message, screens }
  return screens
}

function whoText(story: Story, keys: string): string {
  return keys
    .split(' ')
    .map((key) => {
      if (key === 'visitor') return '公众'
      if (key === 'experts') return '专家'
      return story.role(key).name
    })
    .join('、')
}

function shanghaiText(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')
}
