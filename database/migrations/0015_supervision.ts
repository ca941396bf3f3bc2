import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- MEET-6: a recording is looked at only under an inspection, whose number the office gives.
      CREATE TABLE inspections (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        number text NOT NULL,
        reason text NOT NULL,
        opened_by uuid NOT NULL REFERENCES users (id),
        opened_at timestamptz NOT NULL,
        closed_by uuid REFERENCES users (id),
        closed_at timestamptz,
        UNIQUE (review_id, number)
      );

      -- Each time that somebody opens the recording; it lets them see it for some hours.
      CREATE TABLE recording_openings (
        id uuid PRIMARY KEY,
        inspection_id uuid NOT NULL REFERENCES inspections (id),
        review_id uuid NOT NULL REFERENCES reviews (id),
        by_user_id uuid NOT NULL REFERENCES users (id),
        by_membership_id uuid NOT NULL REFERENCES memberships (id),
        at timestamptz NOT NULL
      );
      CREATE INDEX ON recording_openings (review_id, by_user_id, at);
      CREATE INDEX ON recording_openings (at);

      -- Facts that a supervisor noted at a moment of the meeting.
      CREATE TABLE inspection_findings (
        id uuid PRIMARY KEY,
        inspection_id uuid NOT NULL REFERENCES inspections (id),
        review_id uuid NOT NULL REFERENCES reviews (id),
        -- ms since the zero of the meeting
        at_ms integer NOT NULL,
        subject text NOT NULL,
        text text NOT NULL,
        by_user_id uuid NOT NULL REFERENCES users (id),
        at timestamptz NOT NULL
      );
      CREATE INDEX ON inspection_findings (review_id, at_ms);
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE inspection_findings, recording_openings, inspections')
  }
}
