import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- SUP-1: samples of the authority, each once for its occasion.
      CREATE TABLE spot_checks (
        id uuid PRIMARY KEY,
        number text NOT NULL UNIQUE,
        -- As it was typed, and as it is compared and hashed.
        title text NOT NULL,
        occasion text NOT NULL UNIQUE,
        -- kind, category, from, to
        scope jsonb NOT NULL,
        count integer NOT NULL CHECK (count > 0),
        -- Numbers of the reviews to choose from, fixed with the row.
        population jsonb NOT NULL,
        root text NOT NULL,
        input text NOT NULL UNIQUE,
        server_key text NOT NULL,
        witness_key text NOT NULL,
        status text NOT NULL CHECK (status IN ('committed', 'awaiting_witness', 'completed')),
        started_by uuid NOT NULL REFERENCES users (id),
        started_for uuid REFERENCES organisations (id),
        committed_at timestamptz NOT NULL,
        server_at timestamptz,
        witness_code text,
        proofs jsonb,
        taken jsonb,
        completed_at timestamptz,
        lease_until timestamptz
      );

      -- The year's report looks for the draws of a year.
      CREATE INDEX ON ledger_entries (at) WHERE type = 'draw.committed';
    `)
  }

  async down() {
    this.schema.raw('DROP INDEX ledger_entries_at_idx; DROP TABLE spot_checks')
  }
}
