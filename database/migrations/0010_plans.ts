import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE plans (
        id uuid PRIMARY KEY,
        -- JK-year-number, for people.
        number text NOT NULL UNIQUE,
        organisation_id uuid NOT NULL REFERENCES organisations (id),
        name text NOT NULL,
        project_name text NOT NULL,
        project_place text NOT NULL DEFAULT '',
        -- Construction permit or supervision number; with categories and part it makes the plan key.
        permit text NOT NULL DEFAULT '',
        part text NOT NULL DEFAULT '',
        summary text NOT NULL DEFAULT '',
        review_kind text NOT NULL,
        -- Why a plan that needs no review gets one all the same (REV-1); null otherwise.
        voluntary_reason text,
        by_subcontractor boolean NOT NULL DEFAULT false,
        agency_organisation_id uuid REFERENCES organisations (id),
        delegation_sha256 text,
        meeting_proposed_at timestamptz,
        -- The last assessment, or null while parameters are missing.
        assessment jsonb,
        hazardous boolean,
        review_required boolean,
        assessed_at timestamptz,
        regulation_hash text,
        implementable_version_id uuid,
        created_by uuid NOT NULL REFERENCES users (id),
        created_at timestamptz NOT NULL
      );
      CREATE INDEX ON plans (organisation_id, created_at DESC);
      CREATE INDEX ON plans (agency_organisation_id) WHERE agency_organisation_id IS NOT NULL;

      CREATE TABLE plan_works (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES plans (id),
        position integer NOT NULL,
        category text NOT NULL,
        parameters jsonb NOT NULL,
        -- What stands beside the work on the drawing: a pipe's name and its distance.
        context jsonb NOT NULL,
        UNIQUE (plan_id, position)
      );

      CREATE TABLE plan_parties (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES plans (id),
        role text NOT NULL,
        -- Null while the party is not yet appointed (PLAN-5).
        organisation_id uuid REFERENCES organisations (id),
        lead_user_id uuid REFERENCES users (id),
        position integer NOT NULL
      );
      CREATE INDEX ON plan_parties (plan_id);
      CREATE INDEX ON plan_parties (lead_user_id);
      CREATE INDEX ON plan_parties (organisation_id);

      CREATE TABLE plan_versions (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES plans (id),
        number integer NOT NULL,
        file_name text NOT NULL,
        sha256 text NOT NULL,
        size integer NOT NULL,
        page_count integer NOT NULL,
        -- Blob of the pages' sizes and text, for comparing versions.
        pages_sha256 text NOT NULL,
        note text NOT NULL DEFAULT '',
        -- Scanned for on site: may this version be built?
        site_code text NOT NULL UNIQUE,
        state text NOT NULL,
        works jsonb NOT NULL,
        chapters jsonb NOT NULL,
        drawings jsonb NOT NULL,
        uploaded_by uuid NOT NULL REFERENCES users (id),
        uploaded_at timestamptz NOT NULL,
        UNIQUE (plan_id, number)
      );

      CREATE TABLE plan_defect_checks (
        id uuid PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES plan_versions (id),
        step text NOT NULL,
        items jsonb NOT NULL,
        by_user_id uuid NOT NULL REFERENCES users (id),
        at timestamptz NOT NULL,
        UNIQUE (version_id, step)
      );

      CREATE TABLE plan_approvals (
        id uuid PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES plan_versions (id),
        step text NOT NULL,
        decision text NOT NULL,
        by_user_id uuid NOT NULL REFERENCES users (id),
        organisation_id uuid NOT NULL REFERENCES organisations (id),
        -- Who signed; the scanner of a paper approval is by_user_id.
        signer_name text NOT NULL,
        registration_number text,
        reasons jsonb NOT NULL,
        scan_sha256 text,
        at timestamptz NOT NULL,
        UNIQUE (version_id, step)
      );

      -- Work in progress of the upload protocol; nothing here is evidence.
      CREATE TABLE plan_uploads (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES plans (id),
        user_id uuid NOT NULL REFERENCES users (id),
        purpose text NOT NULL,
        file_name text NOT NULL,
        size integer NOT NULL,
        metadata jsonb NOT NULL,
        -- receiving, received, checking, refused, accepted
        state text NOT NULL,
        checking_until timestamptz,
        note text NOT NULL DEFAULT '',
        refusal jsonb,
        result jsonb,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX ON plan_uploads (plan_id);

      -- PLAN-4: what a version is made of never changes, and no version disappears.
      CREATE FUNCTION plan_version_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'a plan version is kept for good';
        END IF;
        IF (NEW.plan_id, NEW.number, NEW.sha256, NEW.size, NEW.page_count, NEW.pages_sha256, NEW.site_code, NEW.uploaded_at)
          IS DISTINCT FROM
          (OLD.plan_id, OLD.number, OLD.sha256, OLD.size, OLD.page_count, OLD.pages_sha256, OLD.site_code, OLD.uploaded_at) THEN
          RAISE EXCEPTION 'a plan version does not change';
        END IF;
        IF OLD.state <> 'draft' AND (NEW.works, NEW.chapters, NEW.drawings, NEW.note)
          IS DISTINCT FROM (OLD.works, OLD.chapters, OLD.drawings, OLD.note) THEN
          RAISE EXCEPTION 'a plan version under review does not change';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER plan_version_is_fixed BEFORE UPDATE OR DELETE ON plan_versions
        FOR EACH ROW EXECUTE FUNCTION plan_version_is_fixed();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE plan_uploads, plan_approvals, plan_defect_checks, plan_versions, plan_parties, plan_works, plans;
      DROP FUNCTION plan_version_is_fixed();
    `)
  }
}
