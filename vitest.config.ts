import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { projects: ['packages/*', 'packages/react/on-react-18', 'scripts', 'examples/*/vitest.config.ts'] },
})
