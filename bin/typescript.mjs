/**
 * Runs the project's TypeScript: `node --import=./bin/typescript.mjs FILE`. What @poppinss/ts-exec does on a
 * thread of its own is done here in the thread that asks, and what was compiled once is kept: a process of ours
 * starts in half the time. The compiler is the one that @poppinss/ts-exec brings. See docs/adr/0006.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const kept = join(root, 'node_modules', '.cache', 'typescript')
const require = createRequire(import.meta.resolve('@poppinss/ts-exec'))

/** The same settings as in tsconfig.json. */
const SETTINGS = {
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'esnext',
    externalHelpers: false,
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { decoratorMetadata: true, legacyDecorator: true },
    experimental: { keepImportAttributes: true },
    keepClassNames: true,
  },
}
const compiler = createHash('sha256')
  .update(require('@swc/core/package.json').version)
  .update(JSON.stringify(SETTINGS))
  .digest('hex')

/** Where it was kept, if it was. Two processes that write the same at once write the same bytes. */
function compiled(file, source) {
  const name = createHash('sha256').update(compiler).update('\0').update(file).update('\0').update(source)
  const place = join(kept, `${name.digest('hex')}.js`)
  try {
    return readFileSync(place, 'utf8')
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  const { code } = require('@swc/core').transformSync(source, { ...SETTINGS, filename: file, swcrc: false })
  keep(place, code)
  return code
}

function keep(place, code) {
  const draft = `${place}.${process.pid}`
  try {
    mkdirSync(kept, { recursive: true })
    writeFileSync(draft, code)
    renameSync(draft, place)
  } catch (error) {
    // An installation whose program files are not writable compiles at each start.
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error
  }
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    try {
      return nextResolve(specifier, context)
    } catch (error) {
      const wanted = error.code === 'ERR_MODULE_NOT_FOUND' && error.url
      if (!wanted || !/^file:.*\.js(\?|$)/.test(wanted)) throw error
      return nextResolve(wanted.replace(/\.js(?=\?|$)/, '.ts'), context)
    }
  },
  load(url, context, nextLoad) {
    if (context.format !== 'module-typescript') return nextLoad(url, context)
    const file = fileURLToPath(url)
    return { format: 'module', source: compiled(file, readFileSync(file, 'utf8')), shortCircuit: true }
  },
})
