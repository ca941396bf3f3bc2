import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE http_sessions (
        id varchar(255) PRIMARY KEY,
        data text NOT NULL,
        user_id varchar(64),
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX ON http_sessions (user_id);
      CREATE INDEX ON http_sessions (expires_at);

      CREATE TABLE rate_limits (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      );

      -- The business clock's distance from the machine's, in ms. Zero in production.
      CREATE TABLE business_clock (
        id integer PRIMARY KEY CHECK (id = 1),
        offset_ms bigint NOT NULL
      );
      INSERT INTO business_clock VALUES (1, 0);

      -- One row per click: the unique key is taken inside the transaction that does the work.
      CREATE TABLE idempotency_keys (
        user_id uuid NOT NULL,
        key uuid NOT NULL,
        route text NOT NULL,
        status integer,
        response jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, key)
      );

      CREATE TABLE sequence_numbers (
        name text PRIMARY KEY,
        last integer NOT NULL
      );
    `)
  }

  async down() {
    this.schema.raw(
      'DROP TABLE sequence_numbers, idempotency_keys, business_clock, rate_limits, http_sessions'
    )
  }
}
