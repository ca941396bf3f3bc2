import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- Why nothing may be appended: this database is behind what was signed. Set by whoever notices, taken back by
      -- the owner alone.
      ALTER TABLE ledger_head ADD COLUMN behind jsonb;

      CREATE FUNCTION ledger_refuse_behind() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the ledger is behind what was signed: nothing is appended' USING ERRCODE = 'LZ001';
      END $$;
      CREATE TRIGGER ledger_head_behind BEFORE UPDATE ON ledger_head FOR EACH ROW
        WHEN (OLD.behind IS NOT NULL) EXECUTE FUNCTION ledger_refuse_behind();

      DROP TRIGGER ledger_head_forwards ON ledger_head;
      CREATE TRIGGER ledger_head_forwards BEFORE UPDATE ON ledger_head FOR EACH ROW
        WHEN (NEW.id <> OLD.id OR NEW.size < OLD.size
          OR (NEW.size = OLD.size AND (NEW.root, NEW.frontier) IS DISTINCT FROM (OLD.root, OLD.frontier)))
        EXECUTE FUNCTION ledger_refuse('the log only grows');
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TRIGGER ledger_head_behind ON ledger_head;
      DROP FUNCTION ledger_refuse_behind;
      ALTER TABLE ledger_head DROP COLUMN behind;
      DROP TRIGGER ledger_head_forwards ON ledger_head;
      CREATE TRIGGER ledger_head_forwards BEFORE UPDATE ON ledger_head FOR EACH ROW
        WHEN (NEW.id <> OLD.id OR NEW.size <= OLD.size)
        EXECUTE FUNCTION ledger_refuse('the log only grows');
    `)
  }
}
