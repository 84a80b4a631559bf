import { resolve } from 'node:path'
import { adviceOf, sqliteCode } from './sqlite-error.ts'

/**
 * Opens a file of SQLite by `work`, whose failure then names the file: SQLite's own does not.
 *
 * @throws TypeError where the path is none
 */
export function openingFile<T>(file: unknown, work: () => T): T {
  if (typeof file !== 'string' || file === '') {
    const given = file === '' ? 'an empty text' : typeof file
    throw new TypeError(`SQLite needs as \`file\` the path of a file, such as 'shop.sqlite', not ${given}.`)
  }
  try {
    return work()
  } catch (cause) {
    const code = sqliteCode(cause)
    if (code === 0 || !(cause instanceof Error)) throw cause
    const path = file === ':memory:' ? file : resolve(file)
    const message = `SQLite cannot open ${path}: ${cause.message}.${adviceOf(cause)}`
    throw new Error(message, { cause })
  }
}
