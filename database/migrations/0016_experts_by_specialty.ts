import { BaseSchema } from '@adonisjs/lucid/schema'

/** A draw reads those who hold a specialty of the plan, out of a library of any size. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('CREATE INDEX experts_specialties ON experts USING gin (specialties)')
  }

  async down() {
    this.schema.raw('DROP INDEX experts_specialties')
  }
}
