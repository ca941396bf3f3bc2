import { BaseSchema } from '@adonisjs/lucid/schema'
import { companyKey } from '#lib/company_name'

/** What companies are compared by. Two rows may share it: names that were entered in two spellings before. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE organisations ADD COLUMN name_key text')
    this.schema.raw('CREATE INDEX organisations_name_key ON organisations (name_key)')
    this.defer(async (client) => {
      const rows = await client.from('organisations').select('id', 'name')
      for (const { id, name } of rows)
        await client
          .from('organisations')
          .where('id', id)
          .update({ name_key: companyKey(name) })
    })
  }

  async down() {
    this.schema.raw('ALTER TABLE organisations DROP COLUMN name_key')
  }
}
