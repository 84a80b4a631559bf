import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

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
  if (!marked[MARK] || typeof file !== 'string' || file === '' || file.startsWith(':') || existsSync(file)) return
  throw new Error(
    `There is no ${resolve(file)}. A relative file is looked for in the folder from which the command is called: call it where the ` +
      'shop is, or make a new shop by `bursar migrate`.',
  )
}
