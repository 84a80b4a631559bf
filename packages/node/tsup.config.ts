import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    // An entry of its own, so that a worker that mounts the handler loads nothing of Node's.
    handler: 'src/handler/index.ts',
    cli: 'src/cli.ts',
    sqlite: 'src/sqlite/index.ts',
    postgres: 'src/postgres/index.ts',
    'test-processor': 'src/test-processor/index.ts',
    'manual-processor': 'src/manual-processor/index.ts',
    'local-platform': 'src/local-platform/index.ts',
    openedx: 'src/openedx/index.ts',
    delivery: 'src/delivery/index.ts',
    import: 'src/import/index.ts',
  },
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  dts: true,
  splitting: true,
  treeshake: false,
  sourcemap: true,
  clean: true,
  // `node:sqlite` has no name without its prefix.
  removeNodeProtocol: false,
})
