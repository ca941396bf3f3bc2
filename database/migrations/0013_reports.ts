import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- One report per review (REP-1). Its text may be edited by the leader until it is certified.
      CREATE TABLE reports (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL UNIQUE REFERENCES reviews (id),
        plan_id uuid NOT NULL,
        -- What the QR code carries; public.
        code text NOT NULL UNIQUE,
        -- writing, signing, issued
        state text NOT NULL,
        overview text NOT NULL,
        answers jsonb NOT NULL,
        texts_revision integer NOT NULL DEFAULT 0,
        texts_saved_at timestamptz NOT NULL,
        -- Number of the edition in force; 0 before the first.
        edition integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        issued_at timestamptz
      );
      CREATE INDEX ON reports (plan_id);

      -- Those who concluded, and therefore sign (MEET-4, REP-2).
      CREATE TABLE report_members (
        id uuid PRIMARY KEY,
        report_id uuid NOT NULL REFERENCES reports (id),
        user_id uuid NOT NULL REFERENCES users (id),
        position integer NOT NULL,
        letter text NOT NULL,
        role text NOT NULL,
        name text NOT NULL,
        employer text NOT NULL,
        roster_no text NOT NULL,
        UNIQUE (report_id, user_id),
        UNIQUE (report_id, position)
      );
      CREATE INDEX ON report_members (user_id);

      -- A certified text. After a refusal to sign the next one supersedes it; nothing is thrown away.
      CREATE TABLE report_editions (
        id uuid PRIMARY KEY,
        report_id uuid NOT NULL REFERENCES reports (id),
        number integer NOT NULL,
        verdict text NOT NULL,
        leader_last boolean NOT NULL,
        -- The report's fingerprint: the certified revision's SHA-256.
        certified_sha256 text NOT NULL UNIQUE,
        certified_at timestamptz NOT NULL,
        -- Everything that the pages were set from.
        document jsonb NOT NULL,
        head_seq integer NOT NULL,
        head_sha256 text NOT NULL,
        superseded_at timestamptz,
        UNIQUE (report_id, number)
      );

      -- The file after each signature, from the certified revision (seq 0) on.
      CREATE TABLE report_revisions (
        id uuid PRIMARY KEY,
        edition_id uuid NOT NULL REFERENCES report_editions (id),
        seq integer NOT NULL,
        parent_sha256 text,
        sha256 text NOT NULL UNIQUE,
        size integer NOT NULL,
        member_id uuid REFERENCES report_members (id),
        field text NOT NULL,
        certificate_sha256 text NOT NULL,
        -- Of the timestamp.
        signed_at timestamptz NOT NULL,
        UNIQUE (edition_id, seq),
        UNIQUE (edition_id, member_id),
        UNIQUE (edition_id, parent_sha256)
      );

      CREATE TABLE report_refusals (
        id uuid PRIMARY KEY,
        report_id uuid NOT NULL REFERENCES reports (id),
        edition_id uuid NOT NULL REFERENCES report_editions (id),
        member_id uuid NOT NULL REFERENCES report_members (id),
        conclusion text NOT NULL,
        reason text NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON report_refusals (report_id);

      -- Working state by the machine's clock, of which the log promises nothing: who may extend the head
      -- now, who waits behind, and how far the making of a report is.
      CREATE TABLE report_leases (
        edition_id uuid PRIMARY KEY REFERENCES report_editions (id),
        token uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users (id),
        until timestamptz NOT NULL,
        prepared jsonb
      );
      CREATE TABLE report_waiting (
        edition_id uuid NOT NULL REFERENCES report_editions (id),
        user_id uuid NOT NULL REFERENCES users (id),
        since timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (edition_id, user_id)
      );
      CREATE TABLE report_builds (
        report_id uuid PRIMARY KEY REFERENCES reports (id),
        step text NOT NULL,
        at timestamptz NOT NULL
      );

      -- REP-7: what was certified or signed is never rewritten.
      CREATE FUNCTION report_revisions_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a signed revision does not change';
      END $$;
      CREATE TRIGGER report_revisions_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON report_revisions
        FOR EACH STATEMENT EXECUTE FUNCTION report_revisions_are_final();

      CREATE FUNCTION certified_text_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' OR (NEW.report_id, NEW.number, NEW.verdict, NEW.leader_last, NEW.certified_sha256, NEW.certified_at, NEW.document)
          IS DISTINCT FROM (OLD.report_id, OLD.number, OLD.verdict, OLD.leader_last, OLD.certified_sha256, OLD.certified_at, OLD.document) THEN
          RAISE EXCEPTION 'a certified text does not change';
        END IF;
        IF OLD.superseded_at IS NOT NULL THEN
          RAISE EXCEPTION 'a superseded text takes no signature';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER certified_text_is_final BEFORE UPDATE OR DELETE ON report_editions
        FOR EACH ROW EXECUTE FUNCTION certified_text_is_final();

      CREATE FUNCTION issued_report_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state = 'issued' THEN
          RAISE EXCEPTION 'an issued report does not change';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER issued_report_is_final BEFORE UPDATE OR DELETE ON reports
        FOR EACH ROW EXECUTE FUNCTION issued_report_is_final();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE report_builds, report_waiting, report_leases, report_refusals, report_revisions,
        report_editions, report_members, reports;
      DROP FUNCTION report_revisions_are_final, certified_text_is_final, issued_report_is_final;
    `)
  }
}
