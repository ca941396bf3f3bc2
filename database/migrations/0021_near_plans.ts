import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- What a submitted version's words come to, made from its pages and at any time again.
      CREATE TABLE plan_sketches (
        version_id uuid PRIMARY KEY REFERENCES plan_versions (id),
        plan_id uuid NOT NULL REFERENCES plans (id),
        shingles integer NOT NULL,
        sketch jsonb NOT NULL
      );
      CREATE INDEX ON plan_sketches (plan_id);
      CREATE TABLE plan_sketch_bands (
        band smallint NOT NULL,
        key integer NOT NULL,
        version_id uuid NOT NULL REFERENCES plan_sketches (version_id),
        PRIMARY KEY (band, key, version_id)
      );

      -- DRAW-6: a version was held against all plans submitted before it.
      CREATE TABLE plan_comparisons (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES plans (id),
        version_id uuid NOT NULL UNIQUE REFERENCES plan_versions (id),
        compared integer NOT NULL,
        near integer NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON plan_comparisons (plan_id);

      -- DRAW-6: a plan that may be an earlier one under another name; the draw waits for the centre's answer.
      CREATE TABLE near_plans (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES plans (id),
        review_id uuid NOT NULL REFERENCES reviews (id),
        version_id uuid NOT NULL REFERENCES plan_versions (id),
        earlier_plan_id uuid NOT NULL REFERENCES plans (id),
        earlier_version_id uuid NOT NULL REFERENCES plan_versions (id),
        -- What the earlier plan is drawn under: all plans that are the same share it.
        earlier_line text NOT NULL,
        -- In percent of the shorter text; null where one can't be read.
        text_percent integer,
        same_site boolean NOT NULL,
        near_parameters boolean NOT NULL,
        common_parties integer NOT NULL,
        found_at timestamptz NOT NULL,
        -- open, same, different, settled (by another answer)
        state text NOT NULL,
        reason text,
        answered_by uuid REFERENCES users (id),
        answered_at timestamptz,
        UNIQUE (plan_id, earlier_line)
      );
      CREATE INDEX ON near_plans (state);
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE near_plans, plan_comparisons, plan_sketch_bands, plan_sketches')
  }
}
