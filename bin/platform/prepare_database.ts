import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)
const APP_ROLE = 'lunzheng_app'

/** Makes a database and the app's own role; returns the connection strings of owner and app. */
export async function createDatabase(clusterUrl: string, name: string, template?: string) {
  const client = new pg.Client({ connectionString: clusterUrl })
  await client.connect()
  const exists = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (exists.rowCount === 0)
    await client.query(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`)
  await client.end()
  return { created: exists.rowCount === 0 }
}

/** The app signs in as a role that can't change the schema. `password` is letters, digits, - and _ only. */
export async function setAppRole(clusterUrl: string, password: string): Promise<void> {
  if (!/^[\w-]+$/.test(password)) throw new Error('Not a generated password')
  const client = new pg.Client({ connectionString: clusterUrl })
  await client.connect()
  const exists = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APP_ROLE])
  await client.query(
    `${exists.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${APP_ROLE} LOGIN PASSWORD '${password}'`
  )
  await client.end()
}

/** Rights of the app's role: everything on rows, but the ledger's entries can only be inserted and read. */
export async function grantRights(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`
    GRANT USAGE ON SCHEMA public TO ${APP_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${APP_ROLE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${APP_ROLE};
    REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entries, ledger_payloads, ledger_checkpoints FROM ${APP_ROLE};
    REVOKE DELETE, TRUNCATE ON ledger_head, ledger_streams, ledger_nodes, ledger_standing FROM ${APP_ROLE};
  `)
  await client.end()
}

export function appUrl(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl)
  url.username = APP_ROLE
  url.password = password
  return url.toString()
}

/** Applies what migrations are new, as the owner. */
export async function migrate(root: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const command = [
    '--import=@poppinss/ts-exec',
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
