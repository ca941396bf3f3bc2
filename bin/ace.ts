/**
 * `npm run ace -- COMMAND`: administration of the installation whose database the environment names, else of
 * the embedded one, which is started for the command if it isn't running.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Instance } from '#bin/platform/instance'
import { runStepInherited } from '#bin/platform/run_ace'

const root = fileURLToPath(new URL('../', import.meta.url))
const args = process.argv.slice(2)

/** Commands that look at files only must not need a database. */
const WITHOUT_DATABASE = ['plans:assess', 'list', 'help', '--help', '-h']

async function main(): Promise<number> {
  if (args.length === 0 || WITHOUT_DATABASE.includes(args[0]!) || args.includes('--help')) {
    return runStepInherited(root, args, bareEnvironment())
  }
  const varDir = process.env.VAR_DIR ?? join(root, 'var')
  const instance = await Instance.prepare({
    root,
    varDir,
    demo: process.env.DEMO !== '0' && !process.env.DATABASE_URL,
    environment: process.env,
    joinRunning: true,
  })
  try {
    return await runStepInherited(root, args, instance.environment)
  } finally {
    await instance.stop()
  }
}

function bareEnvironment(): NodeJS.ProcessEnv {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    APP_KEY: 'not-used-by-commands-without-a-database',
    PUBLIC_URL: 'http://127.0.0.1',
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
    VAR_DIR: join(root, 'var'),
    ...process.env,
  }
}

process.exit(await main())
