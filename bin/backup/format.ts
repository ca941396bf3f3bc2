/** What a backup holds: every table from one moment, and the files of the installation, each with its hash. */
export const BACKUP_FORMAT = 'lunzheng-backup/1'
export const MANIFEST = 'backup.json'

export interface BackupManifest {
  readonly format: typeof BACKUP_FORMAT
  /** Machine time. */
  readonly at: string
  /** Names of the migrations that made the tables. */
  readonly migrations: readonly string[]
  readonly ledger: { readonly size: number; readonly root: string }
  readonly withKeys: boolean
  /** `tables/NAME.ndjson.gz`, by name. */
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly sha256: string }>>
  /** Below `files/`, by path. */
  readonly files: Readonly<Record<string, string>>
}

/**
 * What of the data folder is never in a backup: the database's own files, what can be built again, the witness, which
 * is somebody else's, and the head of the log, which must not go back with the database.
 */
export const LEFT_OUT = [
  'postgres',
  'postgres.password',
  'livekit',
  'witness',
  'ledger-head',
  'serve.pid',
  'uploads',
]
export const KEYS = 'keys'
/** Made by migrations, not restored. */
export const SCHEMA_TABLES = ['adonis_schema', 'adonis_schema_versions']
