import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { projects: ['packages/*', 'scripts', 'examples/*/vitest.config.ts'] },
})
