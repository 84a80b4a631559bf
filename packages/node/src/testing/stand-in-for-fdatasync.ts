import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

type Fdatasync = typeof fs.fdatasync
type Flush = (descriptor: number, done: (error: Error | null) => void) => void

/**
 * Puts `flush` in the place of the system's `fdatasync`, in every module of this process, whenever it was loaded.
 *
 * @returns what puts the system's own back
 */
export function standInForFdatasync(flush: (system: Fdatasync) => Flush): () => void {
  const system = fs.fdatasync
  const put = (one: Fdatasync) => {
    fs.fdatasync = one
    syncBuiltinESMExports()
  }
  put(Object.assign(flush(system), { __promisify__: system.__promisify__ }))
  return () => put(system)
}
