import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** What a browser loads for an entry: which files, and how many bytes after gzip. */
const bundle = async (entry: string): Promise<{ files: string[]; bytes: number }> => {
  const { outputFiles, metafile } = await build({
    entryPoints: [decodeURIComponent(new URL(entry, import.meta.url).pathname)],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  })
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))
  return {
    files: inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file),
    bytes: await gzipBytes(outputFiles[0]?.text ?? ''),
  }
}

const gzipBytes = async (text: string): Promise<number> => {
  const compressed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return (await new Response(compressed).arrayBuffer()).byteLength
}

// Both grow with the routes: one is 15 to 40 bytes. Of the storefront's, 3.3 kB are the cart store, 2.8 kB checkout, orders and quotes, 0.4 kB amounts, 1.2 kB the sentences of
// the codes, which only who makes a BursarError loads, 1.7 kB the client, of which 0.1 kB tell mistakes from outages.
test.each([
  ['./index.ts', 9650],
  ['./admin.ts', 3850],
])('%s has no schema, nothing from outside, and at most %i bytes', async (entry, most) => {
  const { files, bytes } = await bundle(entry)
  expect(files.filter((file) => file.includes('node_modules') || file.endsWith('.schema.ts'))).toEqual([])
  expect(files.some((file) => file.endsWith('remote-invoke.ts'))).toBe(true)
  expect(bytes).toBeLessThanOrEqual(most)
})

test('the storefront’s client knows none of the admin’s routes', async () => {
  expect((await bundle('./index.ts')).files.filter((file) => file.includes('admin'))).toEqual([])
})
