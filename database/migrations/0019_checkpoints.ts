import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- Roots of full tiles: level 1 over 256 leaves, level 2 over 65,536 … They follow from the leaves alone.
      CREATE TABLE ledger_nodes (
        level smallint NOT NULL CHECK (level > 0),
        index bigint NOT NULL,
        hash text NOT NULL,
        PRIMARY KEY (level, index)
      );

      -- Every checkpoint that was let out, as it was signed. Machine time.
      CREATE TABLE ledger_checkpoints (
        size bigint NOT NULL,
        cosigned boolean NOT NULL,
        root text NOT NULL,
        note text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (size, cosigned)
      );

      -- Why no checkpoint is signed any more, if so.
      CREATE TABLE ledger_standing (
        id integer PRIMARY KEY CHECK (id = 1),
        problem jsonb,
        since timestamptz NOT NULL
      );
      INSERT INTO ledger_standing VALUES (1, NULL, now());
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE ledger_standing, ledger_checkpoints, ledger_nodes')
  }
}
