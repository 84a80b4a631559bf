import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'

/** Where the command says so, and any copy of this package reads it: the configuration may load another than the command's. */
const MARK = Symbol.for('bursar.sqlite.noNewFile')
const marked = globalThis as { [MARK]?: boolean }

/** While `work` is done no shop's file is made that is not there: in another folder, a new shop would be empty. */
export async function withNoNewFile<T>(work: () => Promise<T>): Promise<T> {
  marked[MARK] = true
  try {
    return await work()
  } finally {
    delete marked[MARK]
  }
}

/** @throws Error that names the file in full, where none may be made */
export function assertNoNewFile(file: string): void {
  // What SQLite does not take for a path is its own: a database in memory, or the address of a file.
  if (!marked[MARK] || typeof file !== 'string' || file === '' || /^(:|file:)/.test(file) || existsSync(file)) return
  const where = isAbsolute(file)
    ? ''
    : ' A relative file is looked for in the folder from which the command is called: call it where the shop is.'
  throw new Error(`There is no ${resolve(file)}.${where} A new shop is made by \`bursar serve\`.`)
}
