import { build } from 'esbuild'

/**
 * Bundles a program for the browser and answers how many bytes of zod are in it, and which files brought them.
 * `directory` is where its imports are resolved from.
 */
export const zodBytes = async (program: string, directory: string): Promise<{ bytes: number; files: string[] }> => {
  const { metafile } = await build({
    stdin: { contents: program, resolveDir: directory, sourcefile: 'program.js' },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['default'],
    logLevel: 'silent',
  })
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
  const zod = inputs.filter(([path, { bytesInOutput }]) => /(^|\/)zod\//.test(path) && bytesInOutput > 0)
  return {
    bytes: zod.reduce((total, [, { bytesInOutput }]) => total + bytesInOutput, 0),
    files: zod.map(([path]) => path),
  }
}
