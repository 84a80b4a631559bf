/**
 * The arrows between packages and between core's folders. A folder sees what stands on a lower level and nothing beside
 * or above it; the list is that of docs/architecture.md.
 */
const levels = [
  ['commerce'],
  ['contract'],
  ['checkout', 'fulfilment', 'refund', 'report', 'storefront', 'admin'],
  ['order'],
  ['entitlement', 'payment'],
  ['cart'],
  ['pricing'],
  ['promotion', 'tax'],
  ['catalog'],
  ['customer', 'site'],
  ['journal', 'audit'],
  ['storage'],
  ['ports'],
  ['money', 'ids'],
  ['time'],
  ['errors'],
  ['json'],
]

const core = '^packages/core/src/'
const tests = '[.](test|test-d|property[.]test|bench)[.]tsx?$'
const inFolders = (folders) => `${core}(${folders.join('|')})/`
const typeOnly = ['type-only']

const arrows = levels.flatMap((folders, level) =>
  folders.map((folder) => {
    const siblings = folders.filter((name) => name !== folder)
    const hidden = [...levels.slice(0, level).flat(), ...siblings, 'client', 'testing']
    return {
      name: `core-arrows-${folder}`,
      comment: `core/${folder} sees only what stands below it`,
      severity: 'error',
      from: { path: inFolders([folder]), pathNot: tests },
      to: { path: [inFolders(hidden), `${core}[^/]+$`] },
    }
  }),
)

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'core-folders-are-known',
      comment: 'a new folder of core gets its level in .dependency-cruiser.cjs and in docs/architecture.md first',
      severity: 'error',
      from: { path: core, pathNot: [inFolders([...levels.flat(), 'client', 'testing']), `${core}[^/]+$`] },
      to: {},
    },
    {
      name: 'no-cycle',
      comment: 'files that need each other are one file, or need a third',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-found',
      comment: 'an import must lead to a file',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'schemas-stay-at-the-door',
      comment:
        'one schema beside a rule puts all of zod into every bundle that calls the rule; a kind of promotion is a value of its ' +
        'rule and its schema, marked pure, and the check of bundles holds that a page takes the rule alone',
      severity: 'error',
      from: {
        path: core,
        pathNot: [
          inFolders(['contract', 'testing']),
          '[.]schema[.]ts$',
          tests,
          `${core}commerce/`,
          `${core}promotion/(conditions|benefits)/`,
        ],
      },
      to: { path: ['[.]schema[.]ts$', `${core}contract/schemas[.]ts$`], dependencyTypesNot: typeOnly },
    },
    {
      name: 'zod-stays-in-schema-files',
      comment: 'zod is imported by schema files and the contract only',
      severity: 'error',
      from: { path: core, pathNot: [inFolders(['contract', 'testing']), '[.]schema[.]ts$', tests] },
      to: { path: '(^|/)node_modules/zod/|^zod(/|$)' },
    },
    {
      name: 'client-values',
      comment: 'what runs in a browser takes routes, pricing and the small folders, and the one file of defaults',
      severity: 'error',
      from: { path: `${core}client/`, pathNot: tests },
      to: {
        path: core,
        pathNot: [
          inFolders(['client', 'pricing', 'money', 'errors', 'ids', 'time', 'json']),
          `${core}contract/((admin-)?routes?|addresses|map-members)[.]ts$`,
          `${core}contract/routes/`,
          `${core}ports/system-runtime[.]ts$`,
        ],
        dependencyTypesNot: typeOnly,
      },
    },
    {
      name: 'client-types',
      comment: 'the client speaks the types of the contract, not of what assembles it',
      severity: 'error',
      from: { path: `${core}client/`, pathNot: [tests, `${core}client/admin[.]ts$`] },
      to: { path: inFolders(['commerce', 'testing', 'storage', 'journal', 'audit']) },
    },
    {
      name: 'admin-client-types',
      comment: 'the admin client speaks of audit and journal too, in types',
      severity: 'error',
      from: { path: `${core}client/admin[.]ts$` },
      to: { path: inFolders(['commerce', 'testing', 'storage']) },
    },
    {
      name: 'admin-client-types-only',
      comment: 'the admin client takes no code of audit and journal',
      severity: 'error',
      from: { path: `${core}client/admin[.]ts$` },
      to: { path: inFolders(['journal', 'audit']), dependencyTypesNot: typeOnly },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'no product code imports the conformance suites',
      severity: 'error',
      from: { path: core, pathNot: [inFolders(['testing']), tests] },
      to: { path: inFolders(['testing']) },
    },
    {
      name: 'core-has-no-node',
      comment: 'core runs in browsers, workers, Deno and Bun',
      severity: 'error',
      from: { path: core, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-depends-on-little',
      comment:
        'a dependency of core is a dependency of every host: zod at the door, one hash that is not asynchronous, one type',
      severity: 'error',
      from: { path: core, pathNot: tests },
      to: {
        path: 'node_modules/',
        pathNot: ['node_modules/zod/', 'node_modules/ohash/', 'node_modules/@standard-schema/spec/'],
      },
    },
    {
      name: 'core-sees-no-package',
      comment: 'arrows point one way: admin → react → core ← node',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^(packages/(?!core/)|examples/|bench/)' },
    },
    {
      name: 'node-sees-core-only',
      comment: 'arrows point one way: admin → react → core ← node',
      severity: 'error',
      from: { path: '^packages/node/' },
      to: { path: '^(packages/(?!core/|node/)|examples/|bench/)' },
    },
    {
      name: 'react-sees-the-client-only',
      comment: 'what a browser loads takes the client of core: arrows point one way, admin → react → core ← node',
      severity: 'error',
      from: { path: '^packages/react/', pathNot: [tests, '^packages/react/src/testing/'] },
      to: { path: '^(packages/(?!react/|core/src/client/)|examples/|bench/)' },
    },
    {
      name: 'react-client-and-server-apart',
      comment: 'what runs on a server shares with the hooks only what needs no React',
      severity: 'error',
      from: { path: '^packages/react/src/server/' },
      to: { path: '^packages/react/src/(?!server/|snapshot[.]ts$)|node_modules/(react|@tanstack)/' },
    },
    {
      name: 'query-only-in-its-entry',
      comment: 'who needs only the cart installs no TanStack Query',
      severity: 'error',
      from: { path: '^packages/react/src/(?!query/|testing/)', pathNot: tests },
      to: { path: ['^packages/react/src/query/', 'node_modules/@tanstack/'] },
    },
    {
      name: 'packages-by-their-exports',
      comment: 'nothing imports a file of another package by path',
      severity: 'error',
      from: { path: '^(packages/[^/]+|examples/[^/]+|bench)/' },
      to: { path: '^packages/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-undeclared-dependency',
      comment: 'what is imported stands in package.json',
      severity: 'error',
      from: { path: '^(packages|examples|bench)/', pathNot: [tests, '/src/testing/', '/browser/', '[.]config[.]ts$'] },
      // An optional peer is declared twice: for who installs it, and for the tests.
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        dependencyTypesNot: [...typeOnly, 'npm-peer'],
      },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^packages/[^/]+/dist/', '^packages/[^/]+/[^/]+[.](config|setup)[.]ts$'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
