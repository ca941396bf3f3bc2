/** Three roles: the owner changes the schema, the app works, the eraser takes payloads out of the ledger at law's request. */
import pg from 'pg'

export const APP_ROLE = 'lunzheng_app'
export const ERASER_ROLE = 'lunzheng_eraser'

/** A role that may sign in and has no power of its own. `password` is letters, digits, - and _ only. */
export async function setRole(clusterUrl: string, role: string, password: string): Promise<void> {
  if (!/^[\w-]+$/.test(password)) throw new Error('Not a generated password')
  await asOwner(clusterUrl, async (client) => {
    const exists = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
    await client.query(
      `${exists.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${client.escapeIdentifier(role)}
       LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '${password}'`
    )
  })
}

/** What the app never does: entries, what they commit to, and what was signed are written once. */
const WRITTEN_ONCE = 'ledger_entries, ledger_payloads, ledger_checkpoints, ledger_timestamps'
/** What moves with the log: a trigger lets its end go forwards only, nodes follow from the leaves. */
const MOVING = 'ledger_head, ledger_streams, ledger_nodes, ledger_standing, ledger_timestamp_due'

/**
 * Rights of the app's role and of the eraser's, given anew at each start, since migrations bring new tables. The app
 * does everything on rows, but what the ledger holds it can only insert and read.
 */
export async function grantRights(ownerUrl: string, appRole: string, eraserRole?: string): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    const app = client.escapeIdentifier(appRole)
    await client.query(`
      GRANT USAGE ON SCHEMA public TO ${app};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${app};
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${app};
      REVOKE UPDATE, DELETE, TRUNCATE ON ${WRITTEN_ONCE} FROM ${app};
      REVOKE DELETE, TRUNCATE ON ${MOVING} FROM ${app};
      REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON adonis_schema, adonis_schema_versions FROM ${app};
    `)
    if (!eraserRole) return
    const eraser = client.escapeIdentifier(eraserRole)
    await client.query(`
      GRANT USAGE ON SCHEMA public TO ${eraser};
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${eraser};
      GRANT INSERT ON ledger_entries, ledger_payloads, ledger_streams TO ${eraser};
      GRANT UPDATE ON ledger_head, ledger_streams TO ${eraser};
      GRANT DELETE ON ledger_outbox TO ${eraser};
      GRANT UPDATE (salt, payload, erased_at) ON ledger_payloads TO ${eraser};
    `)
    // To have the space of what was erased written over; a right of its own since PostgreSQL 17.
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version")
    if (rows[0].version >= 170_000) await client.query(`GRANT MAINTAIN ON ledger_payloads TO ${eraser}`)
  })
}

/** The same database signed in to by another role. */
export function urlAs(url: string, role: string, password: string): string {
  const other = new URL(url)
  other.username = role
  other.password = password
  return other.toString()
}

export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username)
}

async function asOwner(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
