import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE messages (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id),
        kind text NOT NULL,
        params jsonb NOT NULL,
        href text,
        object_id text,
        created_at timestamptz NOT NULL,
        read_at timestamptz
      );
      CREATE INDEX ON messages (user_id, created_at DESC);

      -- What leaves the house: SMS and mail. Delivered by a job, at least once, keyed by id.
      CREATE TABLE outbox (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id),
        channel text NOT NULL,
        recipient_encrypted text NOT NULL,
        recipient_masked text NOT NULL,
        text_encrypted text NOT NULL,
        created_at timestamptz NOT NULL,
        delivered_at timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        last_error text
      );
      CREATE INDEX ON outbox (delivered_at) WHERE delivered_at IS NULL;
      CREATE INDEX ON outbox (created_at DESC);

      CREATE TABLE deadlines (
        id uuid PRIMARY KEY,
        object_id text NOT NULL,
        kind text NOT NULL,
        user_id uuid REFERENCES users (id),
        params jsonb NOT NULL,
        href text,
        remind_at timestamptz,
        due_at timestamptz NOT NULL,
        reminded_at timestamptz,
        passed_at timestamptz,
        done_at timestamptz
      );
      CREATE INDEX ON deadlines (due_at) WHERE done_at IS NULL AND passed_at IS NULL;
      CREATE UNIQUE INDEX ON deadlines (object_id, kind, user_id) NULLS NOT DISTINCT WHERE done_at IS NULL;
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE deadlines, outbox, messages')
  }
}
