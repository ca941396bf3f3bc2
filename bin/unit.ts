/**
 * Runs test files with japa: `bin/unit.ts [files…]`, all of tests/unit by default. Tests of the running app
 * start instances of their own (tests/support), so nothing is booted here.
 */
import { writeFileSync } from 'node:fs'
import { assert } from '@japa/assert'
import { configure, processCLIArgs, run } from '@japa/runner'
import type { PluginFn } from '@japa/runner/types'

/** Leaves the counts where `npm test` adds them up. */
const countsTo =
  (file: string | undefined): PluginFn =>
  ({ emitter, runner }) => {
    emitter.on('runner:end', () => {
      const { aggregates, failedTestsTitles } = runner.getSummary()
      if (file) writeFileSync(file, JSON.stringify({ ...aggregates, failedTestsTitles }))
    })
  }

const files = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
processCLIArgs(process.argv.slice(2).filter((argument) => argument.startsWith('-')))
configure({
  files: files.length > 0 ? files : ['tests/unit/**/*.spec.ts'],
  plugins: [assert(), countsTo(process.env.TEST_COUNTS)],
  timeout: 60_000,
  forceExit: true,
})
await run()
