import { build } from 'esbuild'
import { expect, test } from 'vitest'

const READS = ['productOptions', 'productsOptions', 'quoteOptions', 'siteOptions']

test.each([
  { entry: './index.ts', names: ['prefetch'] },
  { entry: '../query/query-options.ts', names: READS },
])(
  'a server component may call what $entry has: no file of it is a client’s, and none needs React or Query',
  async ({ entry, names }) => {
    const { metafile, outputFiles } = await build({
      entryPoints: [decodeURIComponent(new URL(entry, import.meta.url).pathname)],
      outdir: 'out',
      bundle: true,
      write: false,
      sourcemap: true,
      metafile: true,
      format: 'esm',
      conditions: ['source'],
      external: ['react', '@tanstack/react-query'],
    })
    const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint)
    expect(output?.exports.sort()).toEqual(names)
    expect(output?.imports).toEqual([])
    const { sourcesContent } = JSON.parse(`${outputFiles.find(({ path }) => path.endsWith('.map'))?.text}`)
    expect(sourcesContent.length).toBeGreaterThan(1)
    expect(sourcesContent.filter((file: string) => /^'use client'/m.test(file))).toEqual([])
  },
)
