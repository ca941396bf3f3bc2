import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- The life of a review. What it is about belongs to other modules; its state is decided here alone.
      CREATE TABLE reviews (
        id uuid PRIMARY KEY,
        number text UNIQUE,
        plan_id uuid NOT NULL,
        round integer NOT NULL,
        state text NOT NULL,
        state_since timestamptz NOT NULL,
        -- What transitions may depend on: set by the modules that know.
        review_required boolean NOT NULL DEFAULT false,
        conclusion text,
        interrupted text,
        regulation_id text,
        regulation_version text,
        regulation_hash text,
        created_at timestamptz NOT NULL,
        UNIQUE (plan_id, round)
      );

      CREATE TABLE review_transitions (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        from_state text NOT NULL,
        to_state text NOT NULL,
        event text NOT NULL,
        by_user_id uuid,
        by_kind text NOT NULL,
        reason text,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON review_transitions (review_id, at);
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE review_transitions, reviews')
  }
}
