import { defineProject } from 'vitest/config'

/** Tests in a real browser, against the sample shop. They take their time: a browser, a server and a network each. */
export default defineProject({
  resolve: { conditions: ['source', 'module', 'node'] },
  ssr: { resolve: { conditions: ['source', 'module', 'node'] } },
  test: {
    name: 'browser',
    include: ['browser/**/*.test.ts'],
    globalSetup: ['browser/global-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
