import { BaseSchema } from '@adonisjs/lucid/schema'

/** Telephone calls to experts who were invited, and until when contact data once shown may be seen. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE draw_call_outs (
        id uuid PRIMARY KEY,
        draw_id uuid NOT NULL REFERENCES draws (id),
        seat_id uuid NOT NULL REFERENCES draw_seats (id),
        called_at timestamptz NOT NULL,
        by_user_id uuid NOT NULL REFERENCES users (id),
        by_membership_id uuid REFERENCES memberships (id),
        outcome text NOT NULL,
        reason_code text,
        note text NOT NULL,
        -- The expert's own word on it: confirmed, contradicted.
        response text,
        response_note text,
        responded_at timestamptz
      );
      CREATE INDEX ON draw_call_outs (seat_id, called_at);
      CREATE INDEX ON draw_call_outs (draw_id);

      -- Looks before this had no end; they gave one number once.
      ALTER TABLE personal_data_reveals ADD COLUMN expires_at timestamptz;

      -- Whose pools an expert stood in.
      CREATE INDEX ON draw_pools USING gin (pool jsonb_path_ops);
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE draw_call_outs; ALTER TABLE personal_data_reveals DROP COLUMN expires_at')
  }
}
