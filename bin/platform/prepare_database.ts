import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

/** Makes a database, empty or a copy of another, unless there is one of that name. */
export async function createDatabase(clusterUrl: string, name: string, template?: string) {
  const client = new pg.Client({ connectionString: clusterUrl })
  await client.connect()
  const exists = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (exists.rowCount === 0)
    await client.query(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`)
  await client.end()
  return { created: exists.rowCount === 0 }
}

/** Applies what migrations are new, as the owner. */
export async function migrate(root: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const command = [
    '--import=./bin/typescript.mjs',
    'bin/console.ts',
    'migration:run',
    '--connection=owner',
    '--force',
    '--disable-locks',
  ]
  await run(process.execPath, command, { cwd: root, env: environment }).catch((error) => {
    throw new Error(`Migrations failed:\n${error.stdout ?? ''}${error.stderr ?? ''}`)
  })
}
