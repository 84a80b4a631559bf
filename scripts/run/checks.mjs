import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { judgeVitestReport } from './vitest-report.mjs'
import { root } from './workspace.mjs'

const has = (path) => existsSync(join(root, path))
const script = (path, ...options) => [
  'node',
  '--conditions=source',
  '--disable-warning=ExperimentalWarning',
  path,
  ...options,
]

/** The first of a check's `inputs` that does not exist, or undefined: a check waits for what it checks. */
export const missingInput = ({ inputs = [] }) => inputs.find((path) => !has(path))

/** Every check that CI runs, the slowest first. Those of `examples` and `bench` follow from the folders that exist. */
export const listChecks = (reportFolder) => [
  vitest('tests', '!browser', join(reportFolder, 'tests.json')),
  vitest('browser tests', 'browser', join(reportFolder, 'browser-tests.json')),
  {
    name: 'mutants of what changed',
    command: ['node', 'scripts/mutate.mjs', '--check'],
    inputs: ['packages/core/mutation/scores.json'],
  },
  { name: 'build', command: script('scripts/build.mjs') },
  ...typeChecks(),
  { name: 'lint and format', light: true, command: ['biome', 'check', '--error-on-warnings', '--colors=off', '.'] },
  { name: 'arrows', light: true, command: ['depcruise', '--config', '.dependency-cruiser.cjs', ...sourceFolders()] },
  { name: 'unused code', light: true, command: ['knip', '--no-progress'] },
  {
    name: 'openapi.json is current',
    light: true,
    command: script('scripts/openapi.ts', '--check'),
    inputs: ['packages/core/src/contract/openapi.ts'],
  },
  {
    name: 'openapi.json is valid',
    light: true,
    command: ['redocly', 'lint', 'docs/openapi.json'],
    inputs: ['docs/openapi.json'],
  },
  {
    name: 'API breaks',
    light: true,
    command: script('scripts/governance/check-break.ts'),
    inputs: ['docs/openapi.json', 'api/last-release/openapi.json'],
  },
  {
    name: 'storage breaks',
    light: true,
    command: script('scripts/governance/check-collections.ts'),
    inputs: ['api/last-release/collections.json'],
  },
  {
    name: 'client type breaks',
    needs: ['build'],
    command: script('scripts/governance/check-client-types.ts'),
    inputs: ['api/last-release/client.d.ts'],
  },
  { name: 'packed packages', needs: ['build'], command: script('scripts/packages/check-packages.ts') },
  { name: 'bundle sizes', light: true, needs: ['build'], command: ['size-limit'] },
  { name: 'what bundles hold', light: true, needs: ['build'], command: script('scripts/packages/check-bundles.ts') },
  { name: 'API reference', command: ['typedoc', '--emit', 'none', '--treatWarningsAsErrors'] },
  { name: 'docs', light: true, command: script('scripts/docs/check-docs.ts') },
]

/** TypeScript 7 reports what 6 does in a third of the time; 6 still makes the declarations, for it has an API. */
const compiler = ['node', join('node_modules', 'typescript-native', 'bin', 'tsc')]

/** Tests of the projects that `project` names; those in a browser are a check of their own. */
const vitest = (name, project, reportFile) => ({
  name,
  command: [
    ...['vitest', 'run', `--project=${project}`, '--maxWorkers=100%'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
  ],
  judge: (outcome) => judgeVitestReport(outcome, reportFile),
})

const typeChecks = () =>
  ['.', ...members()]
    .filter((folder) => has(join(folder, 'tsconfig.json')))
    .map((folder) => ({
      name: `types of ${folder === '.' ? 'scripts' : folder}`,
      command: [...compiler, '-p', folder],
    }))

const members = () => [
  ...['packages', 'examples'].flatMap((group) =>
    has(group) ? readdirSync(join(root, group)).map((name) => `${group}/${name}`) : [],
  ),
  ...(has('bench/package.json') ? ['bench'] : []),
]

const sourceFolders = () => ['packages', 'examples', 'bench'].filter((folder) => has(folder))
