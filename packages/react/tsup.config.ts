import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig, type Options } from 'tsup'

// Both builds write there at once, so neither cleans it.
await rm(join(import.meta.dirname, 'dist'), { recursive: true, force: true })

const shared: Options = {
  format: ['esm'],
  target: 'es2022',
  platform: 'neutral',
  dts: true,
  splitting: true,
  treeshake: true, // by Rollup, which makes one import of all that come from React
  sourcemap: true,
}

/** Rollup leaves directives out: the built entries get theirs on their first line, so that source maps stay right. */
const useClient: NonNullable<Options['plugins']>[number] = {
  name: 'use-client',
  async buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles.filter(({ name }) => /(index|query)\.js$/.test(name))) {
      await writeFile(name, `'use client';${await readFile(name, 'utf8')}`)
    }
  },
}

// The reads import the hooks by their index, so that all hooks are in one shared chunk, with one import of React.
// Entry files begin with 'use client', which stays there only; shared chunks have none and need none, for only those
// entries import them. What runs on a server is built apart, so that it shares no chunk with them.
export default defineConfig([
  { ...shared, entry: { index: 'src/index.ts', query: 'src/query/index.ts' }, plugins: [useClient] },
  { ...shared, entry: { server: 'src/server/index.ts', 'query-options': 'src/query/query-options.ts' } },
])
