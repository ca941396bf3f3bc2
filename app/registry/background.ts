import app from '@adonisjs/core/services/app'
import { moveOldColumns } from '#registry/actions/move_old_columns'

// Before the first request: a draw must not miss a leave that is still where it used to be.
if (app.getEnvironment() === 'web') await moveOldColumns()
