import { BaseSchema } from '@adonisjs/lucid/schema'

/** Level L3: which round of the beacon a draw or a replacement awaits, and the witness's answer until it is out. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE draws
        ADD COLUMN awaited jsonb,
        ADD COLUMN witness_proof text,
        -- Working state, of which the log promises nothing.
        ADD COLUMN witness_at timestamptz,
        ADD COLUMN beacon_code text;
      ALTER TABLE draw_departures
        ADD COLUMN awaited jsonb,
        ADD COLUMN witness_proof text,
        ADD COLUMN beacon_code text;
    `)
  }

  async down() {
    this.schema.raw(`
      ALTER TABLE draws DROP COLUMN awaited, DROP COLUMN witness_proof, DROP COLUMN witness_at, DROP COLUMN beacon_code;
      ALTER TABLE draw_departures DROP COLUMN awaited, DROP COLUMN witness_proof, DROP COLUMN beacon_code;
    `)
  }
}
