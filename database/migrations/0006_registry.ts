import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE experts (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL UNIQUE REFERENCES users (id),
        roster_no text NOT NULL UNIQUE,
        status text NOT NULL,
        grade text NOT NULL,
        title text NOT NULL,
        position text NOT NULL,
        certificate_no text NOT NULL,
        specialties jsonb NOT NULL,
        method_tags jsonb NOT NULL,
        categories jsonb NOT NULL,
        term_from date NOT NULL,
        term_until date NOT NULL,
        monthly_cap integer NOT NULL,
        leave_from date,
        leave_until date,
        listed_at timestamptz
      );

      -- Present employer: no until day. A retired expert's former and re-employing units are both rows.
      CREATE TABLE expert_employments (
        id uuid PRIMARY KEY,
        expert_id uuid NOT NULL REFERENCES experts (id),
        organisation_id uuid NOT NULL REFERENCES organisations (id),
        from_day date NOT NULL,
        until_day date
      );
      CREATE INDEX ON expert_employments (expert_id);
      CREATE INDEX ON expert_employments (organisation_id);
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE expert_employments, experts')
  }
}
