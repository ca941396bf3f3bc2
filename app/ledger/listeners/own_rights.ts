import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'

/** Whoever set the database up with one role for everything is told what they gave away. */
app.ready(async () => {
  if (app.getEnvironment() !== 'web') return
  const { rows } = await db.rawQuery(
    `SELECT has_table_privilege('ledger_entries', 'UPDATE, DELETE, TRUNCATE')
         OR has_table_privilege('ledger_payloads', 'UPDATE, DELETE, TRUNCATE') AS rewrites`
  )
  if (rows[0].rewrites)
    logger.warn(
      'The app signs in to the database with a role that can rewrite the ledger: set DATABASE_OWNER_URL'
    )
})
