import { defineConfig } from 'vitest/config'

// Packages see each other's sources, without a build.
const resolve = { conditions: ['source', 'module', 'node', 'import', 'default'] }
const project = (name: string, root: string, include = ['src/**/*.test.ts']) => ({
  resolve,
  ssr: { resolve },
  test: { name, root, include, environment: 'node' as const },
})

export default defineConfig({
  test: {
    projects: [project('core', './packages/core'), project('node', './packages/node'), project('scripts', './scripts', ['**/*.test.ts'])],
  },
})
