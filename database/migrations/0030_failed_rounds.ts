import { BaseSchema } from '@adonisjs/lucid/schema'

/** When the log was told that the round a draw was made for ended in 不通过: what the next round is drawn upon. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE draws ADD COLUMN failed_at timestamptz')
  }

  async down() {
    this.schema.raw('ALTER TABLE draws DROP COLUMN failed_at')
  }
}
