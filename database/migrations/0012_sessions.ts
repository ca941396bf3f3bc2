import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- The meeting of one review (a ReviewSession, not to be taken for an HTTP session). Every operation
      -- locks its row, which is what orders the operations of a review.
      CREATE TABLE review_sessions (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL UNIQUE REFERENCES reviews (id),
        plan_id uuid NOT NULL,
        version_id uuid NOT NULL,
        mode text NOT NULL,
        place text NOT NULL,
        phase text NOT NULL,
        stage text NOT NULL,
        delivered_at timestamptz NOT NULL,
        scheduled_at timestamptz,
        scheduled_by uuid REFERENCES users (id),
        started_at timestamptz,
        ended_at timestamptz,
        revealed_at timestamptz,
        scribes jsonb NOT NULL,
        judgements jsonb NOT NULL,
        conclusion text,
        reasons text,
        dissent jsonb,
        recording text NOT NULL,
        -- Place in the one log of the review and its chain of hashes: working state, told to the ledger at
        -- each pause and at the end.
        log_seq bigint NOT NULL DEFAULT 0,
        log_hash text NOT NULL DEFAULT ''
      );

      CREATE TABLE session_seats (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        letter text NOT NULL,
        role text NOT NULL,
        sits boolean NOT NULL,
        expert_id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users (id),
        name text NOT NULL,
        employer text NOT NULL,
        title text NOT NULL,
        position text NOT NULL,
        specialty text NOT NULL,
        certificate_no text NOT NULL,
        roster_no text NOT NULL,
        complete_at timestamptz,
        nothing_because text,
        left_at timestamptz,
        left_because text,
        UNIQUE (review_id, letter)
      );
      CREATE INDEX ON session_seats (user_id);
      CREATE UNIQUE INDEX ON session_seats (review_id, user_id) WHERE left_at IS NULL;

      CREATE TABLE plan_deliveries (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        seat_id uuid NOT NULL REFERENCES session_seats (id),
        version_id uuid NOT NULL,
        sha256 text NOT NULL,
        delivered_at timestamptz NOT NULL,
        opened_at timestamptz,
        UNIQUE (seat_id, version_id)
      );

      -- People whom the host brings along beside the parties' named leads.
      CREATE TABLE session_guests (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        user_id uuid NOT NULL REFERENCES users (id),
        organisation_id uuid REFERENCES organisations (id),
        code text NOT NULL,
        at timestamptz NOT NULL,
        UNIQUE (review_id, user_id)
      );

      -- Submitted opinions. Drafts are in the operation log alone.
      CREATE TABLE session_opinions (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        seat_id uuid NOT NULL REFERENCES session_seats (id),
        number integer NOT NULL,
        label text NOT NULL,
        page integer,
        region jsonb,
        place text NOT NULL,
        finding text NOT NULL,
        basis text NOT NULL,
        requirement text NOT NULL,
        -- As raised; what a severe defect was settled as is settled_kind.
        kind text NOT NULL,
        settled_kind text,
        defect text,
        chapter text,
        state text NOT NULL,
        item_id uuid,
        left_out_because text,
        answer_agrees boolean,
        answer_reason text,
        submitted_at timestamptz NOT NULL,
        revealed_at timestamptz,
        UNIQUE (seat_id, number)
      );
      CREATE INDEX ON session_opinions (review_id);

      CREATE TABLE session_defect_answers (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        opinion_id uuid NOT NULL REFERENCES session_opinions (id),
        seat_id uuid NOT NULL REFERENCES session_seats (id),
        -- withdraw or reclassify
        act text NOT NULL,
        to_kind text NOT NULL,
        page integer NOT NULL,
        reason text NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON session_defect_answers (review_id);

      CREATE TABLE session_items (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        position integer NOT NULL,
        heading text NOT NULL,
        kind text NOT NULL,
        page integer,
        place text NOT NULL,
        basis text NOT NULL,
        chapter text,
        defect text,
        sources jsonb NOT NULL,
        removed_at timestamptz,
        -- What was last confirmed or read out.
        settled_text text,
        settled_revision integer,
        -- Text in work: covered by the hash of the operation log.
        text text NOT NULL,
        revision integer NOT NULL,
        doc bytea NOT NULL
      );
      CREATE INDEX ON session_items (review_id);

      -- A vote counts for the revision that it was given on.
      CREATE TABLE session_item_votes (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        item_id uuid NOT NULL REFERENCES session_items (id),
        seat_id uuid NOT NULL REFERENCES session_seats (id),
        revision integer NOT NULL,
        vote text NOT NULL,
        reason text,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON session_item_votes (review_id);

      CREATE TABLE session_conclusion_votes (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        seat_id uuid NOT NULL REFERENCES session_seats (id),
        conclusion text NOT NULL,
        reason text,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON session_conclusion_votes (review_id);

      CREATE TABLE session_consents (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        user_id uuid NOT NULL REFERENCES users (id),
        agreed boolean NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON session_consents (review_id, user_id, at);

      CREATE TABLE session_sign_ins (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        user_id uuid NOT NULL REFERENCES users (id),
        role text NOT NULL,
        photo_sha256 text,
        at timestamptz NOT NULL,
        UNIQUE (review_id, user_id)
      );

      CREATE TABLE session_attendees (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        code text NOT NULL,
        name text NOT NULL,
        delegate boolean NOT NULL,
        waived_because text,
        at timestamptz NOT NULL,
        UNIQUE (review_id, code)
      );

      -- One row per connection, with its real beginning and end.
      CREATE TABLE attendance_spans (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        user_id uuid NOT NULL REFERENCES users (id),
        seat_id uuid REFERENCES session_seats (id),
        role text NOT NULL,
        name text NOT NULL,
        organisation text,
        -- socket or media, and that side's own id of the connection
        source text NOT NULL,
        connection text NOT NULL,
        joined_at timestamptz NOT NULL,
        left_at timestamptz,
        -- Touched each second, so that a crash loses no more than that.
        last_seen_at timestamptz NOT NULL,
        UNIQUE (review_id, source, connection)
      );
      CREATE INDEX ON attendance_spans (review_id) WHERE left_at IS NULL;

      CREATE TABLE session_recordings (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL UNIQUE REFERENCES reviews (id),
        folder text NOT NULL,
        started_at timestamptz NOT NULL,
        finished_at timestamptz,
        kept_until timestamptz,
        -- Files with size and SHA-256, once it is finished; its own digest beside it.
        files jsonb,
        files_sha256 text
      );

      -- The durable log of the room. Numbers of a channel run without a hole; seq orders them all.
      CREATE TABLE room_operations (
        id uuid PRIMARY KEY,
        review_id uuid NOT NULL REFERENCES reviews (id),
        seq bigint NOT NULL,
        -- room, panel, or seat:<id>
        channel text NOT NULL,
        channel_seq bigint NOT NULL,
        op_id uuid NOT NULL,
        op_index integer NOT NULL,
        type text NOT NULL,
        data jsonb NOT NULL,
        by_user_id uuid,
        for_user_id uuid,
        at timestamptz NOT NULL,
        wall bigint NOT NULL,
        UNIQUE (review_id, seq),
        UNIQUE (review_id, channel, channel_seq),
        UNIQUE (review_id, op_id, op_index)
      );
      -- Pointer of whoever presents, once a second, for playback.
      CREATE TABLE room_pointer_samples (
        review_id uuid NOT NULL REFERENCES reviews (id),
        wall bigint NOT NULL,
        user_id uuid NOT NULL,
        version_id uuid NOT NULL,
        page integer NOT NULL,
        x real NOT NULL,
        y real NOT NULL,
        PRIMARY KEY (review_id, wall, user_id)
      );

      CREATE FUNCTION room_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'room_operations can only be inserted into';
      END $$;
      CREATE TRIGGER room_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON room_operations
        FOR EACH STATEMENT EXECUTE FUNCTION room_log_is_append_only();

      -- Every process of the app hears of new operations, and of what ends somebody's access, at commit.
      CREATE FUNCTION room_tell() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('room', NEW.review_id || ':' || NEW.seq);
        RETURN NULL;
      END $$;
      CREATE TRIGGER room_tell AFTER INSERT ON room_operations FOR EACH ROW EXECUTE FUNCTION room_tell();

      CREATE FUNCTION access_of_web_session() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' OR NEW.data IS DISTINCT FROM OLD.data THEN
          PERFORM pg_notify('access', 'web:' || OLD.id);
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER access_of_web_session AFTER UPDATE OR DELETE ON http_sessions
        FOR EACH ROW EXECUTE FUNCTION access_of_web_session();

      CREATE FUNCTION access_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access', 'user:' || COALESCE(to_jsonb(OLD) ->> 'user_id', to_jsonb(OLD) ->> 'id'));
        RETURN NULL;
      END $$;
      CREATE TRIGGER access_of_membership AFTER UPDATE OR DELETE ON memberships
        FOR EACH ROW EXECUTE FUNCTION access_of_user();
      CREATE TRIGGER access_of_seat AFTER UPDATE OR DELETE ON session_seats
        FOR EACH ROW EXECUTE FUNCTION access_of_user();
      CREATE TRIGGER access_of_account AFTER UPDATE OF disabled_at ON users
        FOR EACH ROW EXECUTE FUNCTION access_of_user();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TRIGGER access_of_account ON users;
      DROP TRIGGER access_of_membership ON memberships;
      DROP TRIGGER access_of_web_session ON http_sessions;
      DROP TABLE room_pointer_samples, room_operations, session_recordings, attendance_spans,
        session_attendees, session_sign_ins, session_consents, session_conclusion_votes, session_item_votes,
        session_items, session_defect_answers, session_opinions, session_guests, plan_deliveries, session_seats,
        review_sessions;
      DROP FUNCTION room_tell, room_log_is_append_only, access_of_web_session, access_of_user;
    `)
  }
}
