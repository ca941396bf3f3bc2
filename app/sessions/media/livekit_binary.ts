import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../../lib/result.ts'
import { buildLivekit, findOnPath, isExecutable } from './livekit_build.ts'

export interface LivekitBinary {
  path: string
  source: 'environment' | 'path' | 'built_before' | 'built_now'
}

export type LivekitBinaryError = {
  code: 'no_binary_for_platform' | 'go_missing' | 'build_failed'
  detail: string
}

/**
 * Finds a livekit-server to run: LIVEKIT_SERVER_BIN, then PATH, then the one built before for this go.sum,
 * else builds it from media/ (`build: false` leaves that out and answers `go_missing`).
 */
export async function findLivekitBinary(options: {
  projectRoot: string
  env?: NodeJS.ProcessEnv
  build?: boolean
  onProgress?: (line: string) => void
}): Promise<Result<LivekitBinary, LivekitBinaryError>> {
  const env = options.env ?? process.env
  const named = env.LIVEKIT_SERVER_BIN
  if (named) {
    if (await isExecutable(named)) return ok({ path: named, source: 'environment' })
    return fail({ code: 'no_binary_for_platform', detail: `LIVEKIT_SERVER_BIN=${named} cannot be run` })
  }

  const onPath = await findOnPath('livekit-server', env.PATH ?? '')
  if (onPath) return ok({ path: onPath, source: 'path' })

  const moduleFolder = join(options.projectRoot, 'media')
  const target = await builtBinaryPath(options.projectRoot)
  if (await isExecutable(target)) return ok({ path: target, source: 'built_before' })
  if (options.build === false) return fail({ code: 'go_missing', detail: `${target} has not been built` })

  const onProgress = options.onProgress ?? (() => undefined)
  const built = await buildLivekit({ moduleFolder, target, env, onProgress })
  if (!built.ok) return built
  return ok({ path: built.value, source: 'built_now' })
}

/** Where the binary of the pinned version lies; the name carries go.sum's hash, so a new pin builds anew. */
export async function builtBinaryPath(projectRoot: string): Promise<string> {
  const sums = await readFile(join(projectRoot, 'media', 'go.sum'))
  const key = createHash('sha256').update(sums).digest('hex').slice(0, 12)
  return join(projectRoot, 'var', 'livekit', `livekit-server-${key}`)
}
