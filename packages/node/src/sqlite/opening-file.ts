import { resolve } from 'node:path'
import { sqliteCode } from './sqlite-error.ts'

/** What to do, by SQLite's result code. @see https://www.sqlite.org/rescode.html */
const ADVICE: { readonly [code: number]: string } = {
  5: 'Another process is writing it.',
  8: 'May this process write the file, and in its folder?',
  14: 'Is its folder there, and may this process write in it?',
  26: 'It was made by another program: name another file, or restore this one.',
}

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
    const advice = ADVICE[code]
    const message = `SQLite cannot open ${path}: ${cause.message}.${advice === undefined ? '' : ` ${advice}`}`
    throw new Error(message, { cause })
  }
}
