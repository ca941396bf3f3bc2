/** Runs pure unit tests without booting the app: `bin/unit.ts [files…]`, all of tests/unit by default. */
import { assert } from '@japa/assert'
import { configure, processCLIArgs, run } from '@japa/runner'

const files = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
processCLIArgs(process.argv.slice(2).filter((argument) => argument.startsWith('-')))
configure({
  files: files.length > 0 ? files : ['tests/unit/**/*.spec.ts'],
  plugins: [assert()],
  forceExit: true,
})
await run()
