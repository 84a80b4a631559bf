import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the sample shop keeps its files, and the one secret from which all others are made. */
export interface DataFolder {
  /** Path of a file in it. */
  file(name: string): string
  /** A secret by its name; the same at each start. */
  secret(name: string): string
}

/** Opens the folder, `data/` beside this file unless BURSAR_DATA names another; makes it if it is not there. */
export function openDataFolder(folder = process.env.BURSAR_DATA ?? join(import.meta.dirname, 'data')): DataFolder {
  mkdirSync(folder, { recursive: true })
  const file = (name: string) => join(folder, name)
  if (!existsSync(file('secret'))) writeFileSync(file('secret'), randomBytes(32).toString('hex'), { mode: 0o600 })
  const root = readFileSync(file('secret'), 'utf8')
  return { file, secret: (name) => createHmac('sha256', root).update(name).digest('hex') }
}
