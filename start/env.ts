/** Every value that the environment may set. Ports and keys have generated defaults, see bin/serve.ts. */
import { Env } from '@adonisjs/core/env'

export default await Env.create(new URL('../', import.meta.url), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  PORT: Env.schema.number(),
  HOST: Env.schema.string({ format: 'host' }),
  LOG_LEVEL: Env.schema.enum.optional([
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  ] as const),
  /** 32 bytes and more; encrypts cookies and personal data. */
  APP_KEY: Env.schema.string(),
  /** Where people reach this installation; goes into QR codes and links. */
  PUBLIC_URL: Env.schema.string({ format: 'url', tld: false }),
  /** The app's own role: it can insert into the ledger, never change it. */
  DATABASE_URL: Env.schema.string(),
  /** The owner of the schema: read by the start command for migrations, kept from the app. */
  DATABASE_OWNER_URL: Env.schema.string.optional(),
  /** Who may erase payloads of the ledger: read by `ace ledger:erase` alone. */
  DATABASE_ERASER_URL: Env.schema.string.optional(),
  /** Files: uploads, reports, recordings, keys. */
  VAR_DIR: Env.schema.string(),
  /** Demo people, the open outbox and the movable business clock. */
  DEMO: Env.schema.boolean.optional(),
  /** The witness of draws that another organisation runs; unset, bin/serve.ts starts one of its own. Without any, draws wait. */
  WITNESS_URL: Env.schema.string.optional(),
  /** The witness's cosigning key, where its first answer is not to be trusted. */
  WITNESS_VKEY: Env.schema.string.optional(),
  /** Level L3: servers that pass on the beacon's values, tried in turn; separated by spaces or commas. */
  DRAND_URLS: Env.schema.string.optional(),
  /** Level L3: a JSON file with the chain, where it is not drand's quicknet. */
  DRAND_CHAIN: Env.schema.string.optional(),
  /** The log's name for ever, read when its key is made; without it the public address. */
  LEDGER_ORIGIN: Env.schema.string.optional(),
  /** `outbox`: entries are committed with their change and put into the log by one sequencer. Otherwise in the same transaction. */
  LEDGER_MODE: Env.schema.enum.optional(['inline', 'outbox'] as const),
  LIVEKIT_URL: Env.schema.string.optional(),
  LIVEKIT_API_KEY: Env.schema.string.optional(),
  LIVEKIT_API_SECRET: Env.schema.string.optional(),
  /** An RFC 3161 authority; without it the embedded one, for demonstration. */
  TSA_URL: Env.schema.string.optional(),
  /** A folder of regulation files of this installation's own, instead of resources/regulations. */
  REGULATIONS_DIR: Env.schema.string.optional(),
  /** Which regulation file. */
  JURISDICTION: Env.schema.string.optional(),
})
