import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- Entries that are committed with their change and wait for their place in the log (LEDGER_MODE=outbox).
      CREATE TABLE ledger_outbox (
        unit uuid NOT NULL,
        part integer NOT NULL,
        -- How many transactions had ended when this was written: more of them than before any that it depends on.
        ended bigint NOT NULL,
        stream text NOT NULL,
        type text NOT NULL,
        at timestamptz NOT NULL,
        counts boolean NOT NULL,
        payload text NOT NULL,
        PRIMARY KEY (unit, part)
      );
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE ledger_outbox')
  }
}
