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

      CREATE FUNCTION ledger_outbox_behind() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM ledger_head WHERE behind IS NOT NULL) THEN
          RAISE EXCEPTION 'the ledger is behind what was signed: nothing is appended' USING ERRCODE = 'LZ001';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER ledger_outbox_behind BEFORE INSERT ON ledger_outbox
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_outbox_behind();
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE ledger_outbox; DROP FUNCTION ledger_outbox_behind')
  }
}
