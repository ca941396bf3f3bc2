import env from '#start/env'
import { defineConfig } from '@adonisjs/lucid'
import pg from 'pg'

// A civil day is text: as a Date it would be midnight in somebody's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day)

const pool = { min: 0, max: Number(process.env.DATABASE_POOL ?? 16) }

export default defineConfig({
  connection: 'postgres',
  connections: {
    postgres: {
      client: 'pg',
      connection: { connectionString: env.get('DATABASE_URL') },
      pool,
      debug: false,
    },
    /** Migrations only: the app's own role can't change the schema or rewrite the ledger. */
    owner: {
      client: 'pg',
      connection: { connectionString: env.get('DATABASE_OWNER_URL') ?? env.get('DATABASE_URL') },
      pool: { min: 0, max: 2 },
      migrations: { naturalSort: true, paths: ['database/migrations'] },
    },
  },
})
