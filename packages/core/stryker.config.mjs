export default {
  testRunner: 'vitest',
  vitest: { configFile: 'mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignorePatterns: ['dist'],
  reporters: ['json'],
  tempDirName: '.stryker-tmp',
  timeoutMS: 10000,
  thresholds: { high: 95, low: 90, break: null },
}
