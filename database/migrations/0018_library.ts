import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- revision: what a form was filled in against; of it the log promises nothing.
      ALTER TABLE experts
        ADD COLUMN own_monthly_cap integer,
        ADD COLUMN home_city text,
        ADD COLUMN revision integer NOT NULL DEFAULT 0;

      -- Takes the place of experts.leave_from and leave_until, which the first start after this empties.
      CREATE TABLE expert_leaves (
        id uuid PRIMARY KEY,
        expert_id uuid NOT NULL REFERENCES experts (id),
        from_day date NOT NULL,
        until_day date NOT NULL,
        reason text NOT NULL,
        by_user_id uuid REFERENCES users (id),
        created_at timestamptz NOT NULL,
        withdrawn_at timestamptz,
        CHECK (from_day <= until_day)
      );
      CREATE INDEX ON expert_leaves (expert_id);

      -- Whose part an expert can't judge without interest, though never employed there (DRAW-5).
      CREATE TABLE expert_interests (
        id uuid PRIMARY KEY,
        expert_id uuid NOT NULL REFERENCES experts (id),
        organisation_id uuid NOT NULL REFERENCES organisations (id),
        kind text NOT NULL,
        note text NOT NULL,
        from_day date NOT NULL,
        until_day date,
        by_user_id uuid REFERENCES users (id)
      );
      CREATE INDEX ON expert_interests (expert_id);

      -- REG-3: each change of what the draw goes by, with who, when and why.
      CREATE TABLE expert_changes (
        id uuid PRIMARY KEY,
        expert_id uuid NOT NULL REFERENCES experts (id),
        what text NOT NULL,
        before jsonb,
        after jsonb,
        reason text NOT NULL,
        document text,
        by_user_id uuid REFERENCES users (id),
        at timestamptz NOT NULL
      );
      CREATE INDEX ON expert_changes (expert_id, at);

      -- Permit, part and categories, for people; the plan line is their hash.
      ALTER TABLE draw_earlier_service ADD COLUMN plan jsonb;

      -- Takes the place of organisations.group_name, likewise.
      CREATE TABLE company_groups (
        id uuid PRIMARY KEY,
        name text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL
      );
      CREATE TABLE company_group_members (
        id uuid PRIMARY KEY,
        group_id uuid NOT NULL REFERENCES company_groups (id),
        organisation_id uuid NOT NULL REFERENCES organisations (id),
        -- Null: since ever.
        from_day date,
        until_day date
      );
      CREATE INDEX ON company_group_members (organisation_id);
      CREATE INDEX ON company_group_members (group_id);
      CREATE UNIQUE INDEX ON company_group_members (organisation_id) WHERE until_day IS NULL;
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE company_group_members, company_groups, expert_changes, expert_interests, expert_leaves;
      ALTER TABLE draw_earlier_service DROP COLUMN plan;
      ALTER TABLE experts DROP COLUMN own_monthly_cap, DROP COLUMN home_city, DROP COLUMN revision;
    `)
  }
}
