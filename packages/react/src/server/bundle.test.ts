import { build } from 'esbuild'
import { expect, test } from 'vitest'

test('a server component may call what the entry has: no file of it is a client’s, and none needs React or Query', async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: [decodeURIComponent(new URL('./index.ts', import.meta.url).pathname)],
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
  const reads = ['productOptions', 'productsOptions', 'quoteOptions', 'siteOptions']
  expect(output?.exports.sort()).toEqual(['prefetch', ...reads])
  expect(output?.imports).toEqual([])
  const { sourcesContent } = JSON.parse(`${outputFiles.find(({ path }) => path.endsWith('.map'))?.text}`)
  expect(sourcesContent.length).toBeGreaterThan(2)
  expect(sourcesContent.filter((file: string) => /^'use client'/m.test(file))).toEqual([])
})
