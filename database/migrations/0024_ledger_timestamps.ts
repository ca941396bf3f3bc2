import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- One a UTC day: the checkpoint that was stamped, and the authority's response over its bytes.
      CREATE TABLE ledger_timestamps (
        day date PRIMARY KEY,
        size bigint NOT NULL,
        note text NOT NULL,
        response_base64 text NOT NULL,
        time timestamptz NOT NULL,
        authority text NOT NULL
      );
      CREATE TRIGGER ledger_timestamps_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_timestamps
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('can only be inserted into');

      -- When the next one is due (business clock), and what came of trying (machine clock).
      CREATE TABLE ledger_timestamp_due (
        id integer PRIMARY KEY CHECK (id = 1),
        due_at timestamptz NOT NULL,
        again_at timestamptz NOT NULL,
        tries integer NOT NULL DEFAULT 0,
        problem text
      );
      INSERT INTO ledger_timestamp_due (id, due_at, again_at) VALUES (1, 'epoch', 'epoch');
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE ledger_timestamp_due, ledger_timestamps')
  }
}
