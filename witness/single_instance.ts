import { realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { sha256, toHex, utf8 } from '../lib/bytes.ts'
import { OperatorError } from './keys.ts'

/**
 * Two processes on one store would each forget what the other answered. The lock is a name in the kernel
 * (an abstract socket), which goes with the process however it dies, so a crash leaves nothing to clear.
 */
export async function onlyInstance(directory: string): Promise<Server | undefined> {
  if (process.platform !== 'linux') return undefined
  const name = toHex(sha256(utf8(realpathSync(directory))))
  const lock = createServer()
  lock.listen(`\0lunzheng-witness-${name}`)
  try {
    await once(lock, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new OperatorError('already_running: another witness process has this folder')
    }
    throw error
  }
  lock.unref()
  return lock
}
