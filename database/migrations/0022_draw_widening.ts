import { BaseSchema } from '@adonisjs/lucid/schema'

/** Pools that did not suffice before the one a draw was made from, each with its numbers. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE draws ADD COLUMN attempts jsonb')
  }

  async down() {
    this.schema.raw('ALTER TABLE draws DROP COLUMN attempts')
  }
}
