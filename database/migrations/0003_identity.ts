import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE organisations (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL,
        group_name text,
        created_at timestamptz NOT NULL
      );

      CREATE TABLE users (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        mobile_encrypted text NOT NULL,
        mobile_index text NOT NULL UNIQUE,
        mobile_masked text NOT NULL,
        password_hash text,
        totp_secret_encrypted text,
        totp_last_step bigint,
        locale text NOT NULL DEFAULT 'zh-CN',
        large_type boolean NOT NULL DEFAULT false,
        disabled_at timestamptz,
        created_at timestamptz NOT NULL
      );

      -- One person, one account; what they may act as is a row here.
      CREATE TABLE memberships (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id),
        organisation_id uuid REFERENCES organisations (id),
        kind text NOT NULL,
        title text,
        from_at timestamptz NOT NULL,
        until_at timestamptz
      );
      CREATE INDEX ON memberships (user_id);
      CREATE INDEX ON memberships (organisation_id);
      CREATE UNIQUE INDEX ON memberships (user_id, kind, organisation_id) NULLS NOT DISTINCT WHERE until_at IS NULL;

      -- Codes by SMS: for a first password and for a reset. Only the hash is kept.
      CREATE TABLE sms_codes (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id),
        purpose text NOT NULL,
        code_hash text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX ON sms_codes (user_id, purpose);

      CREATE TABLE sign_in_failures (
        subject text PRIMARY KEY,
        failures integer NOT NULL,
        locked_until timestamptz
      );

      CREATE TABLE personal_data_reveals (
        id uuid PRIMARY KEY,
        subject_user_id uuid NOT NULL REFERENCES users (id),
        by_user_id uuid NOT NULL REFERENCES users (id),
        by_membership_id uuid REFERENCES memberships (id),
        field text NOT NULL,
        purpose text NOT NULL,
        object_kind text,
        object_id text,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON personal_data_reveals (subject_user_id, at);
    `)
  }

  async down() {
    this.schema.raw(
      'DROP TABLE personal_data_reveals, sign_in_failures, sms_codes, memberships, users, organisations'
    )
  }
}
