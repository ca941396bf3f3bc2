import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- ORG-4: audit has had the log recomputed and compared with the tables.
      CREATE TABLE ledger_verifications (
        id uuid PRIMARY KEY,
        by_user_id uuid NOT NULL REFERENCES users (id),
        at timestamptz NOT NULL,
        size bigint NOT NULL,
        root text NOT NULL,
        findings jsonb NOT NULL
      );
      CREATE INDEX ON ledger_verifications (at);

      -- SUP-1: the centre has had a draw recomputed from its evidence.
      CREATE TABLE draw_checks (
        id uuid PRIMARY KEY,
        draw_id uuid NOT NULL REFERENCES draws (id),
        by_user_id uuid NOT NULL REFERENCES users (id),
        at timestamptz NOT NULL,
        verdict text NOT NULL,
        failed jsonb NOT NULL
      );
      CREATE INDEX ON draw_checks (draw_id, at);

      -- ORG-4: security administration has confirmed that somebody holds an office capacity rightly.
      CREATE TABLE capacity_confirmations (
        id uuid PRIMARY KEY,
        membership_id uuid NOT NULL UNIQUE REFERENCES memberships (id),
        by_user_id uuid NOT NULL REFERENCES users (id),
        at timestamptz NOT NULL
      );

      -- ORG-5: what people say about the product, and the answer that each gets.
      CREATE TABLE feedback (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id),
        capacity_kind text NOT NULL,
        text text NOT NULL,
        at timestamptz NOT NULL,
        answer text,
        answered_by uuid REFERENCES users (id),
        answered_at timestamptz
      );
      CREATE INDEX ON feedback (user_id, at);
      CREATE INDEX ON feedback (at) WHERE answered_at IS NULL;
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE feedback, capacity_confirmations, draw_checks, ledger_verifications')
  }
}
