import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0];
      END $$;

      -- The conditions are judged without calling the function: an append pays next to nothing for them.
      CREATE TRIGGER ledger_head_forwards BEFORE UPDATE ON ledger_head FOR EACH ROW
        WHEN (NEW.id <> OLD.id OR NEW.size <= OLD.size)
        EXECUTE FUNCTION ledger_refuse('the log only grows');
      CREATE TRIGGER ledger_streams_forwards BEFORE UPDATE ON ledger_streams FOR EACH ROW
        WHEN (NEW.stream <> OLD.stream OR NEW.seq <= OLD.seq OR OLD.closed)
        EXECUTE FUNCTION ledger_refuse('a stream only grows, and not once it is closed');

      -- What an entry commits to can be taken away, never put in another's place.
      CREATE TRIGGER ledger_payloads_erase_only BEFORE UPDATE ON ledger_payloads FOR EACH ROW
        WHEN (NEW.index <> OLD.index OR NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL
          OR NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL)
        EXECUTE FUNCTION ledger_refuse('can be erased, not changed');
      CREATE TRIGGER ledger_payloads_kept BEFORE DELETE OR TRUNCATE ON ledger_payloads
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('can be erased, not deleted');
      CREATE TRIGGER ledger_checkpoints_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_checkpoints
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('can only be inserted into');
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TRIGGER ledger_head_forwards ON ledger_head;
      DROP TRIGGER ledger_streams_forwards ON ledger_streams;
      DROP TRIGGER ledger_payloads_erase_only ON ledger_payloads;
      DROP TRIGGER ledger_payloads_kept ON ledger_payloads;
      DROP TRIGGER ledger_checkpoints_kept ON ledger_checkpoints;
      DROP FUNCTION ledger_refuse;
    `)
  }
}
