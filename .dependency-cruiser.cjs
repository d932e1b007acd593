// The arrows between the folders of src/, as docs/architecture.md draws them.

/** A rule that says what a folder may import of src/; everything else there is forbidden to it. */
function only(folder, allowed) {
  return {
    name: `${folder}-imports-only-what-it-may`,
    comment: `src/${folder} may import of src/ only: ${allowed.join(', ') || 'itself'}.`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: '^src/', pathNot: [folder, ...allowed].map((each) => `^src/${each}(/|\\.ts$|\\.d\\.ts$)`) },
  };
}

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'pure-code-uses-pure-packages',
      comment: 'Pure folders import no module of Node and no packages but those that only compute.',
      severity: 'error',
      from: { path: '^src/(model|correlate|route)/' },
      to: { pathNot: ['^src/', '/(re2js|simple-statistics)/'] },
    },
    only('model', ['generated']),
    only('correlate', ['model']),
    only('route', ['model']),
    only('shard', ['model', 'correlate', 'config/config']),
    only('config', ['model', 'correlate', 'route', 'notify/target']),
    only('receivers', ['model', 'correlate', 'config/config', 'api/problem']),
    only('notify', ['model', 'correlate', 'config/config']),
    only('api', ['model', 'correlate', 'route', 'config/config', 'generated']),
    only('queue', ['model', 'correlate', 'config/config', 'receivers', 'shard', 'notify', 'store/redis-read-model']),
    only('store', ['model', 'correlate', 'config/config', 'shard', 'notify', 'api']),
    only('telemetry', ['model']),
    {
      name: 'what-users-declare-is-imported-as-types',
      comment: 'queue/ and store/ implement what their users declare; they run nothing of theirs, and throw but the errors that come with a declaration.',
      severity: 'error',
      from: { path: '^src/(queue|store)/' },
      to: {
        path: '^src/(shard|receivers|notify|api|config)/',
        pathNot: '^src/(shard/shard-store|receivers/intake|api/service-unavailable)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'generated-only-as-types',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/generated/' },
      to: { path: '^src/generated/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'only-queue-uses-bullmq', severity: 'error', from: { path: '^src/', pathNot: '^src/queue/' }, to: { path: 'node_modules/bullmq' } },
    {
      name: 'only-processes-import-the-composition',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main\\.ts|cli/)' },
      to: { path: '^src/(app|main)\\.ts$' },
    },
    {
      name: 'src-imports-no-development-package',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-knows-only-the-types-of-the-api',
      comment: 'web/ runs in browsers: it imports itself, and of src/ the types of the API.',
      severity: 'error',
      from: { path: '^web/' },
      to: { pathNot: '^(web/|src/generated/openapi\\.d\\.ts$)' },
    },
    {
      name: 'web-runs-nothing-of-src',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'src-imports-no-web', severity: 'error', from: { path: '^src/' }, to: { path: '^web/' } },
    { name: 'src-imports-no-test', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|bench|scripts)/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.d.ts', '.js', '.mjs', '.json'],
    },
  },
};
