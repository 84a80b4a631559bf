import { defineConfig, type Options } from 'tsup'

const shared: Options = {
  format: ['esm'],
  target: 'es2022',
  platform: 'neutral',
  dts: true,
  splitting: true,
  treeshake: false,
  sourcemap: true,
}

// Entry files begin with 'use client', which stays there only; shared chunks have none and need none, for only those
// entries import them. What runs on a server is built apart, so that it shares no chunk with them.
export default defineConfig([
  { ...shared, entry: { index: 'src/index.ts', query: 'src/query/index.ts' } },
  { ...shared, entry: { server: 'src/server/index.ts' } },
])
