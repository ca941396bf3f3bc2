import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { test } from '@japa/runner'

/** Runs the cruiser over planted files inside the tree, since its rules go by path. */
function violations(files: Record<string, string>): string[] {
  const paths = Object.keys(files)
  try {
    for (const path of paths) {
      mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true })
      writeFileSync(path, files[path]!)
    }
    const output = execFileSync(
      process.execPath,
      [
        'node_modules/.bin/depcruise',
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        ...paths,
      ],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] }
    )
    return names(output)
  } catch (error) {
    return names((error as { stdout: string }).stdout)
  } finally {
    for (const path of paths) rmSync(path)
  }
}

function names(output: string): string[] {
  const { summary } = JSON.parse(output)
  return [...new Set<string>(summary.violations.map((violation: any) => violation.rule.name))].sort()
}

test.group('Boundaries: planted violations are found', (group) => {
  group.each.timeout(60_000)

  test('a module that reaches past another’s public.ts, or for a later module', ({ assert }) => {
    const found = violations({
      'app/ledger/planted_boundary.ts': `import '#identity/public'\nimport '#identity/queries/capacities'\n`,
    })
    assert.includeMembers(found, ['ledger-knows-only-earlier-modules', 'modules-meet-in-public'])
  })

  test('a rule that imports the framework, and lib that imports the app', ({ assert }) => {
    const found = violations({
      'app/reviews/domain/planted_boundary.ts': `import db from '@adonisjs/lucid/services/db'\nexport default db\n`,
      'lib/planted_boundary.ts': `import '#core/ids'\n`,
    })
    assert.includeMembers(found, ['domain-is-pure', 'lib-knows-no-app'])
  })

  test('an app that imports a program', ({ assert }) => {
    const planted = { 'app/core/planted_boundary.ts': `import '#bin/platform/free_port'\n` }
    assert.include(violations(planted), 'app-knows-no-programs')
  })

  test('an import that resolves to nothing', ({ assert }) => {
    assert.include(
      violations({ 'app/core/planted_boundary.ts': `import '#core/not_there'\n` }),
      'nothing-unresolved'
    )
  })
})
