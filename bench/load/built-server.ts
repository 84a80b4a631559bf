import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

let built: Promise<string> | undefined
const OUT = fileURLToPath(new URL('../node_modules/.cache/load/', import.meta.url))

/**
 * The server of the bench as JavaScript, as a shop that is deployed runs: what takes the types out of a file when it is loaded
 * stays resident, with some 16 MiB.
 */
export function builtServer(): Promise<string> {
  built ??= bundled()
  return built
}

async function bundled(): Promise<string> {
  await build({
    entryPoints: [fileURLToPath(new URL('server.ts', import.meta.url))],
    ...{ bundle: true, splitting: true, packages: 'external', platform: 'node', format: 'esm', outdir: OUT },
  })
  return `${OUT}server.js`
}
