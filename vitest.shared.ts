import { defineProject, type UserWorkspaceConfig } from 'vitest/config'

// Packages see each other's sources, without a build. `import` must not be named: it would hold for `require` too.
const resolve = { conditions: ['source', 'module', 'node'] }

// No test shows a speed, so none fails because others use the machine: a limit only ends what hangs.
const LIMITS = { testTimeout: 60_000, hookTimeout: 60_000 }

/** The settings that every project of the workspace shares. */
export const project = (name: string, include: string[] = ['src/**/*.test.ts']): UserWorkspaceConfig =>
  defineProject({ resolve, ssr: { resolve }, test: { name, include, environment: 'node', ...LIMITS } })
