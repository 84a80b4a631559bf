import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineProject, type UserWorkspaceConfig } from 'vitest/config'

// Packages see each other's sources, without a build. `import` must not be named: it would hold for `require` too.
const resolve = { conditions: ['source', 'module', 'node'] }

// No test shows a speed, so none fails because others use the machine: a limit only ends what hangs.
const LIMITS = { testTimeout: 60_000, hookTimeout: 60_000 }

// A worker keeps its modules from one file to the next: to load core anew for each of 300 files took longer than most of their
// tests. So no test may leave anything in a module or in the process.
const SHARED = { isolate: false, unstubGlobals: true, unstubEnvs: true }

// Some tests start many processes, from the same sources.
const ENVIRONMENT = { NODE_COMPILE_CACHE: join(tmpdir(), 'bursar-compiled') }

/** What a project sets for itself. */
interface ProjectSettings {
  include?: string[]
  globalSetup?: string[]
  setupFiles?: string[]
}

/** The settings that every project of the workspace shares. */
export const project = (
  name: string,
  { include = ['src/**/*.test.ts'], globalSetup = [], setupFiles = [] }: ProjectSettings = {},
): UserWorkspaceConfig =>
  defineProject({
    resolve,
    ssr: { resolve },
    test: { name, include, globalSetup, setupFiles, environment: 'node', env: ENVIRONMENT, ...SHARED, ...LIMITS },
  })
