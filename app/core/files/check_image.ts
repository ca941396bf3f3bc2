import { spawn } from 'node:child_process'
import app from '@adonisjs/core/services/app'
import { IMAGE_LIMITS, type CheckedImage } from '#lib/image_intake/limits'

/**
 * Decodes a picture in a process of its own, which gets no environment and is killed when it takes too long.
 * @throws when the check itself breaks down, which says nothing about the file.
 */
export function checkImage(path: string): Promise<CheckedImage> {
  return new Promise((resolve, reject) => {
    const script = app.makePath('lib', 'image_intake', 'guard.ts')
    const flags = ['--no-warnings', '--max-old-space-size=512']
    const child = spawn(process.execPath, [...flags, script, path], {
      env: { TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, IMAGE_LIMITS.checkMs)
    let said = ''
    let errors = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (errors = `${errors}${chunk}`.slice(-4000)))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) return resolve(JSON.parse(said) as CheckedImage)
      // A picture that kills its decoder or never ends is no picture.
      if (late || signal) return resolve({ ok: false, refusal: { code: 'unreadable' } })
      reject(new Error(`The image check ended with ${code}: ${errors}`))
    })
  })
}
