import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- Who stands on the demo sign-ins page, in this order. Empty in production.
      CREATE TABLE demo_people (
        user_id uuid PRIMARY KEY REFERENCES users (id),
        position integer NOT NULL
      );
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE demo_people')
  }
}
