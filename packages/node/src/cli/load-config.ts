import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BursarConfig } from '../define-config.ts'
import { configProblems } from './config-checks.ts'

const NAMES = ['bursar.config.ts', 'bursar.config.mts', 'bursar.config.js', 'bursar.config.mjs']

const EXAMPLE = `import { defineConfig } from '@bursar/node'
import { sqliteStorage } from '@bursar/node/sqlite'

export default defineConfig({
  storage: sqliteStorage({ file: 'shop.sqlite' }),
})
`

/** Where a configuration is looked for. */
export interface ConfigPlace {
  /** Folder that the command was called from. */
  cwd: string
  /** The file that `--config` names. @default the first of `bursar.config.{ts,mts,js,mjs}` in the folder */
  path?: string | undefined
}

/** Loads the configuration, TypeScript by Node's own type stripping. @throws Error that says what to write */
export async function loadConfig({ cwd, path }: ConfigPlace): Promise<BursarConfig> {
  const file = path === undefined ? findConfig(cwd) : named(resolve(cwd, path))
  const module: unknown = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw unloadable(file, error)
  })
  const config = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined
  if (!isConfig(config)) {
    throw new Error(`${file} has to export a configuration with a storage as its default:\n\n${EXAMPLE}`)
  }
  const problems = configProblems(config)
  if (problems.length > 0) throw new Error(`${file}: ${problems.join(' ')}`)
  return config
}

function findConfig(cwd: string): string {
  const found = NAMES.map((name) => resolve(cwd, name)).find((file) => existsSync(file))
  if (found !== undefined) return found
  throw new Error(`There is no bursar.config.ts in ${cwd}. Name one by --config, or write it:\n\n${EXAMPLE}`)
}

function named(file: string): string {
  if (existsSync(file)) return file
  throw new Error(`There is no ${file}, which --config names.`)
}

function unloadable(file: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause)
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    const advice = 'Node strips types only: write no enums, namespaces or parameter properties'
    return new Error(`${file} cannot be loaded: ${message}. ${advice}.`, { cause })
  }
  if (cause instanceof SyntaxError && /import statement|'export'/.test(message)) {
    const advice =
      'Its package.json says that it is no module: run `npm pkg set type=module`, or name it bursar.config.mts'
    return new Error(`${file} cannot be loaded: ${message}. ${advice}.`, { cause })
  }
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /[.]m?ts$/.test(file)) {
    const advice = 'use Node 22.18 or newer, or write bursar.config.mjs'
    return new Error(`This Node (${process.versions.node}) cannot load TypeScript: ${advice}.`, { cause })
  }
  return new Error(`${file} cannot be loaded: ${message}`, { cause })
}

const isConfig = (value: unknown): value is BursarConfig =>
  isObject(value) && 'storage' in value && isObject(value.storage) && 'commit' in value.storage

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
