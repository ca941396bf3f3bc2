import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE ledger_head (
        id integer PRIMARY KEY CHECK (id = 1),
        size bigint NOT NULL,
        frontier jsonb NOT NULL,
        root text NOT NULL
      );
      INSERT INTO ledger_head VALUES (1, 0, '[]', encode(sha256(''), 'hex'));

      CREATE TABLE ledger_streams (
        stream text PRIMARY KEY,
        seq integer NOT NULL,
        prev text NOT NULL,
        closed boolean NOT NULL DEFAULT false
      );

      CREATE TABLE ledger_entries (
        index bigint PRIMARY KEY,
        stream text NOT NULL,
        seq integer NOT NULL,
        type text NOT NULL,
        at timestamptz NOT NULL,
        leaf text NOT NULL,
        leaf_hash text NOT NULL,
        UNIQUE (stream, seq)
      );

      -- What a leaf commits to. Erasable (PIPL): the leaf and every proof stay valid without it.
      CREATE TABLE ledger_payloads (
        index bigint PRIMARY KEY REFERENCES ledger_entries (index),
        salt text,
        payload text,
        erased_at timestamptz
      );

      CREATE FUNCTION ledger_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'ledger_entries can only be inserted into';
      END $$;
      CREATE TRIGGER ledger_entries_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_rewrite();
    `)
  }

  async down() {
    this.schema.raw(
      'DROP TABLE ledger_payloads, ledger_entries, ledger_streams, ledger_head; DROP FUNCTION ledger_refuse_rewrite'
    )
  }
}
