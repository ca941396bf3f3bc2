import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- Public keys of the two parties, in the log before any draw they take part in.
      CREATE TABLE draw_keys (
        id uuid PRIMARY KEY,
        party text NOT NULL UNIQUE,
        vrf_key text NOT NULL,
        -- Server: commitment to the salt key. Witness: its signing key.
        companion text NOT NULL,
        committed_at timestamptz NOT NULL
      );

      CREATE TABLE draws (
        id uuid PRIMARY KEY,
        -- CQ-year-number, for people.
        number text NOT NULL UNIQUE,
        review_id uuid NOT NULL UNIQUE REFERENCES reviews (id),
        -- In whose stream the log holds the commit; differs once a plan was submitted again.
        first_review_id uuid NOT NULL REFERENCES reviews (id),
        plan_id uuid NOT NULL,
        -- One draw per plan, for life (DRAW-6).
        plan_key text NOT NULL UNIQUE,
        -- The plan key of round 1: what all rounds and all organisers of one plan share.
        plan_line text NOT NULL,
        round integer NOT NULL,
        organiser_id uuid NOT NULL REFERENCES organisations (id),
        agency_id uuid REFERENCES organisations (id),
        -- committed, awaiting_witness, completed
        status text NOT NULL,
        draw_id text NOT NULL UNIQUE,
        plan_identity jsonb NOT NULL,
        works jsonb NOT NULL,
        rules jsonb NOT NULL,
        rules_hash text NOT NULL,
        pool_root text NOT NULL,
        spec_hash text NOT NULL,
        meeting_day text NOT NULL,
        library_count integer NOT NULL,
        matched_count integer NOT NULL,
        eligible_count integer NOT NULL,
        employer_count integer NOT NULL,
        excluded jsonb NOT NULL,
        proofs jsonb,
        result jsonb,
        default_panel jsonb,
        started_by uuid NOT NULL REFERENCES users (id),
        committed_at timestamptz NOT NULL,
        completed_at timestamptz,
        meeting_at timestamptz,
        meeting_mode text,
        meeting_place text,
        panel_confirmed_at timestamptz,
        panel_is_default boolean,
        -- Working state, of which the log promises nothing.
        server_at timestamptz,
        witness_since timestamptz,
        witness_code text,
        lease_until timestamptz,
        revision integer NOT NULL DEFAULT 0
      );
      CREATE INDEX ON draws (plan_line);
      CREATE INDEX ON draws (organiser_id, committed_at DESC);
      CREATE INDEX ON draws (agency_id) WHERE agency_id IS NOT NULL;
      CREATE INDEX ON draws (status) WHERE status <> 'completed';

      -- Leaves and openings of the pool, fixed by draws.pool_root, which the log holds.
      CREATE TABLE draw_pools (
        id uuid PRIMARY KEY REFERENCES draws (id),
        pool jsonb NOT NULL
      );

      CREATE TABLE draw_seats (
        id uuid PRIMARY KEY,
        draw_id uuid NOT NULL REFERENCES draws (id),
        seat integer NOT NULL,
        expert_id uuid NOT NULL REFERENCES experts (id),
        user_id uuid NOT NULL REFERENCES users (id),
        roster_no text NOT NULL,
        pin integer,
        ticket text NOT NULL,
        employer integer NOT NULL,
        specialty text NOT NULL,
        matched text NOT NULL,
        is_main boolean NOT NULL,
        state text NOT NULL,
        -- The state in which a place that was refilled since was given up.
        left_as text,
        replaces_seat integer,
        replaced_by_seat integer,
        invited_at timestamptz,
        answer_due_at timestamptz,
        answered_at timestamptz,
        answered_by text,
        reason_code text,
        reason text,
        role text,
        letter text,
        UNIQUE (draw_id, seat),
        UNIQUE (draw_id, expert_id)
      );
      CREATE INDEX ON draw_seats (user_id);
      CREATE INDEX ON draw_seats (expert_id);

      -- Places given up, worked off one after the other: each replacement depends on those before it.
      CREATE TABLE draw_departures (
        id uuid PRIMARY KEY,
        draw_id uuid NOT NULL REFERENCES draws (id),
        position integer NOT NULL,
        seat integer NOT NULL,
        leaver text NOT NULL,
        -- In whose stream the log holds the departure.
        review_id uuid NOT NULL REFERENCES reviews (id),
        -- queued, logged, filled, unfilled
        status text NOT NULL,
        number integer,
        input text,
        candidates integer,
        proofs jsonb,
        taken jsonb,
        widened boolean,
        outcome text,
        left_at timestamptz NOT NULL,
        done_at timestamptz,
        UNIQUE (draw_id, position),
        UNIQUE (draw_id, seat)
      );
      CREATE INDEX ON draw_departures (draw_id) WHERE status IN ('queued', 'logged');

      -- Links by SMS: only a digest is kept; it dies with the answer or with the deadline.
      CREATE TABLE draw_invitation_links (
        id uuid PRIMARY KEY,
        seat_id uuid NOT NULL REFERENCES draw_seats (id),
        token_hash text NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX ON draw_invitation_links (seat_id);

      -- Service before this system, or in another one: counts for the month and bars like a place here.
      CREATE TABLE draw_earlier_service (
        id uuid PRIMARY KEY,
        expert_id uuid NOT NULL REFERENCES experts (id),
        plan_line text NOT NULL,
        organiser_id uuid NOT NULL REFERENCES organisations (id),
        agency_id uuid REFERENCES organisations (id),
        meeting_day text NOT NULL
      );
      CREATE INDEX ON draw_earlier_service (expert_id);
      CREATE INDEX ON draw_earlier_service (plan_line);

      -- REG-3: an age limit may be set; a former employer that one is retired from goes on counting.
      ALTER TABLE experts ADD COLUMN birth_year integer;
      ALTER TABLE expert_employments ADD COLUMN retired_from boolean NOT NULL DEFAULT false;

      CREATE FUNCTION draw_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'a draw is kept for good';
        END IF;
        IF (NEW.plan_key, NEW.draw_id, NEW.rules_hash, NEW.pool_root, NEW.round, NEW.rules, NEW.committed_at)
          IS DISTINCT FROM
          (OLD.plan_key, OLD.draw_id, OLD.rules_hash, OLD.pool_root, OLD.round, OLD.rules, OLD.committed_at)
          OR (OLD.result IS NOT NULL AND NEW.result IS DISTINCT FROM OLD.result) THEN
          RAISE EXCEPTION 'a draw does not change';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER draw_is_fixed BEFORE UPDATE OR DELETE ON draws FOR EACH ROW EXECUTE FUNCTION draw_is_fixed();
    `)
  }

  async down() {
    this.schema.raw(`
      ALTER TABLE experts DROP COLUMN birth_year;
      ALTER TABLE expert_employments DROP COLUMN retired_from;
      DROP TABLE draw_earlier_service, draw_invitation_links, draw_departures, draw_seats, draw_pools, draws, draw_keys;
      DROP FUNCTION draw_is_fixed();
    `)
  }
}
