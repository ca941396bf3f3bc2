import db from '@adonisjs/lucid/services/db'
import { provideMonthLoad } from '#registry/public'
import { reviewsInMonth } from '#draw/queries/reviews_in_month'

provideMonthLoad((expertIds, month) => reviewsInMonth(db, month, null, expertIds))
