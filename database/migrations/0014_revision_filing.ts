import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- REP-5: what has to be in the system after a meeting, and by when.
      CREATE TABLE filings (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL UNIQUE REFERENCES reviews (id),
        plan_id uuid NOT NULL,
        meeting_ended_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        -- The holidays of that year are not published yet.
        provisional boolean NOT NULL,
        late_told_at timestamptz,
        completed_at timestamptz
      );
      CREATE INDEX ON filings (due_at) WHERE completed_at IS NULL;

      -- Brought after the meeting: photographs, and the sheet where people signed in on paper.
      CREATE TABLE filing_images (
        id uuid PRIMARY KEY,
        filing_id uuid NOT NULL REFERENCES filings (id),
        -- photograph, sign_in_sheet
        kind text NOT NULL,
        sha256 text NOT NULL,
        type text NOT NULL,
        size integer NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        caption text NOT NULL,
        uploaded_by uuid NOT NULL REFERENCES users (id),
        uploaded_at timestamptz NOT NULL,
        removed_at timestamptz
      );
      CREATE INDEX ON filing_images (filing_id);

      -- REP-3, REP-10: what follows from one issued report.
      CREATE TABLE revisions (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL UNIQUE REFERENCES reviews (id),
        report_id uuid NOT NULL UNIQUE REFERENCES reports (id),
        plan_id uuid NOT NULL,
        -- The version that the panel reviewed.
        reviewed_version_id uuid NOT NULL,
        leader_user_id uuid NOT NULL REFERENCES users (id),
        -- The review's state_since for which the contractor has been called to answer.
        answering_since timestamptz,
        answers_due_at timestamptz,
        opened_at timestamptz NOT NULL,
        closed_at timestamptz
      );
      CREATE INDEX ON revisions (plan_id);
      CREATE INDEX ON revisions (leader_user_id);

      -- The report's items as they were issued.
      CREATE TABLE revision_items (
        id uuid PRIMARY KEY,
        revision_id uuid NOT NULL REFERENCES revisions (id),
        -- must_fix, advice
        kind text NOT NULL,
        number integer NOT NULL,
        place text NOT NULL,
        text text NOT NULL,
        basis text NOT NULL,
        UNIQUE (revision_id, kind, number)
      );

      -- Answers and opinions in work, saved as they are typed: what counts is in the submissions below.
      CREATE TABLE revision_answers (
        item_id uuid PRIMARY KEY REFERENCES revision_items (id),
        taken boolean,
        change text NOT NULL,
        page integer,
        reason text NOT NULL,
        revision integer NOT NULL,
        by_user_id uuid NOT NULL REFERENCES users (id),
        saved_at timestamptz NOT NULL
      );

      CREATE TABLE revision_submissions (
        id uuid PRIMARY KEY,
        revision_id uuid NOT NULL REFERENCES revisions (id),
        number integer NOT NULL,
        version_id uuid NOT NULL,
        version_sha256 text NOT NULL,
        -- By item: taken, change, page, reason.
        answers jsonb NOT NULL,
        by_user_id uuid NOT NULL REFERENCES users (id),
        at timestamptz NOT NULL,
        -- When the leader's opinion is due; null where none is asked for (REP-10).
        due_at timestamptz,
        UNIQUE (revision_id, number)
      );

      CREATE TABLE leader_opinions (
        id uuid PRIMARY KEY,
        submission_id uuid NOT NULL UNIQUE REFERENCES revision_submissions (id),
        -- agree, send_back
        decision text NOT NULL,
        version_sha256 text NOT NULL,
        text text NOT NULL,
        -- By item: agrees, reason.
        judged jsonb NOT NULL,
        by_user_id uuid NOT NULL REFERENCES users (id),
        at timestamptz NOT NULL
      );

      CREATE TABLE leader_opinion_drafts (
        submission_id uuid PRIMARY KEY REFERENCES revision_submissions (id),
        text text NOT NULL,
        judged jsonb NOT NULL,
        revision integer NOT NULL,
        saved_at timestamptz NOT NULL
      );

      -- REP-3, REP-7: what was submitted and what the leader said of it stay as they were.
      CREATE FUNCTION revision_record_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a submitted revision and the opinion on it do not change';
      END $$;
      CREATE TRIGGER submission_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON revision_submissions
        FOR EACH STATEMENT EXECUTE FUNCTION revision_record_is_final();
      CREATE TRIGGER leader_opinion_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON leader_opinions
        FOR EACH STATEMENT EXECUTE FUNCTION revision_record_is_final();
      CREATE TRIGGER revision_item_is_final BEFORE UPDATE OR DELETE ON revision_items
        FOR EACH STATEMENT EXECUTE FUNCTION revision_record_is_final();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE leader_opinion_drafts, leader_opinions, revision_submissions, revision_answers, revision_items,
        revisions, filing_images, filings;
      DROP FUNCTION revision_record_is_final;
    `)
  }
}
