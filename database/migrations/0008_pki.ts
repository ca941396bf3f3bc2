import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE certificates (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id),
        serial text NOT NULL UNIQUE,
        der_base64 text NOT NULL,
        sha256 text NOT NULL UNIQUE,
        not_before timestamptz NOT NULL,
        not_after timestamptz NOT NULL,
        revoked_at timestamptz,
        revocation_reason text
      );
      CREATE INDEX ON certificates (user_id);
      -- One living certificate a person: a lost key is replaced, never kept beside the new one.
      CREATE UNIQUE INDEX ON certificates (user_id) WHERE revoked_at IS NULL;
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE certificates')
  }
}
