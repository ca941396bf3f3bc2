/**
 * Boundaries of the modules. The order is that of ARCHITECTURE.md: a module knows only those before it,
 * and only their public.ts. `npm run check` fails on a violation; tests/unit/core/boundaries.spec.ts plants
 * some, since a cruiser that resolves nothing reports success.
 */
const ORDER = ['core', 'ledger', 'messages', 'identity', 'pki', 'registry', 'reviews', 'plans', 'draw', 'sessions', 'reports', 'evidence', 'supervision', 'demo']

const later = ORDER.slice(1).map((name, index) => ({
  name: `${ORDER[index]}-knows-only-earlier-modules`,
  severity: 'error',
  from: { path: `^app/${ORDER[index]}/` },
  to: { path: `^app/(${ORDER.slice(index + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...later,
    {
      name: 'modules-meet-in-public',
      comment: 'Another module is reached through its public.ts only; core has no front door',
      severity: 'error',
      from: { path: '^app/(?!commands/)([^/]+)/' },
      to: { path: '^app/(?!core/)([^/]+)/', pathNot: ['^app/$1/', '^app/[^/]+/(public|rules)\\.ts$', '^app/identity/domain/demo_password\\.ts$'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules import rules, the regulation and lib, nothing that does I/O',
      severity: 'error',
      from: { path: '^app/[^/]+/domain/' },
      to: { pathNot: ['^app/[^/]+/domain/', '^app/[^/]+/rules\\.ts$', '^app/[^/]+/models/', '^app/core/regulation/', '^app/core/actor\\.ts$', '^lib/', '^node_modules/chinese-days/'] },
    },
    {
      name: 'app-knows-no-programs',
      comment: 'What both need is in lib',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^bin/' },
    },
    {
      name: 'lib-knows-no-app',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|bin|config|database|start|frontend|witness)/' },
    },
    {
      name: 'lib-knows-no-framework',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: 'node_modules/(@adonisjs|svelte|@sveltejs|socket\\.io)' },
    },
    {
      name: 'witness-stands-alone',
      comment: 'Another organisation runs it: only lib is shared',
      severity: 'error',
      from: { path: '^witness/' },
      to: { path: '^(app|bin|config|database|start|frontend)/' },
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^(app|lib|witness)/' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'nothing-unresolved', severity: 'error', from: { path: '^(app|lib|bin|start|config|witness)/' }, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: '.depcruise.resolve.cjs' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(frontend|var|out)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json', '.mjs', '.cjs', '.d.ts'],
    },
  },
}
